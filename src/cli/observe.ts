import type { Cluster, ListQuery } from '../cluster/index.ts'
import { APPLYSET, compareText, ENDPOINT_LABEL, setId, setParent } from '../object/index.ts'
import type { KubeObject } from '../object/index.ts'
import type { EndpointStatus, View } from '../status/index.ts'
import type { Project } from './project.ts'

/** How the endpoints of a set are now, by name: those of git and those that only the cluster has. */
export async function observeEndpoints(
  cluster: Cluster,
  { set, objects }: Project,
): Promise<EndpointStatus[]> {
  const { endpointStatus, viewOf } = await import('../status/index.ts')
  const { environment, endpoints } = set
  const id = setId(setParent(set.project, environment.name, environment.namespace))
  const namespaces = [...new Set([environment.namespace, ...endpoints.map(each => each.namespace)])]
  const live = await readSet(cluster, { id, namespaces, kinds: kindsOf(objects) })
  const liveOf = Map.groupBy(live, object => object.metadata.labels?.[ENDPOINT_LABEL] ?? '')
  const desiredOf = Map.groupBy(objects, each => each.endpoint.name)
  liveOf.delete('')
  const names = new Set([...endpoints.map(({ name }) => name), ...liveOf.keys()])
  const statusesIn = (related: View) =>
    [...names].toSorted(compareText).map(endpoint =>
      endpointStatus({
        endpoint,
        objects: liveOf.get(endpoint) ?? [],
        desired: (desiredOf.get(endpoint) ?? []).map(each => each.object),
        related,
        now: cluster.serverTime().toISOString(),
      }),
    )
  const children = await readChildren(cluster, namespaces)
  const statuses = statusesIn(viewOf([...live, ...children]))
  if (statuses.every(({ state }) => state === 'ready')) return statuses
  return statusesIn(viewOf([...live, ...children, ...(await readEvidence(cluster, namespaces))]))
}

interface SetQuery {
  id: string
  namespaces: readonly string[]
  kinds: readonly { apiVersion: string; kind: string }[]
}

/** One LIST per kind and namespace, whatever the number of endpoints. */
async function readSet(
  cluster: Cluster,
  { id, namespaces, kinds }: SetQuery,
): Promise<KubeObject[]> {
  const served = await Promise.all(kinds.map(kind => cluster.kind(kind)))
  const labelSelector = `${APPLYSET.partOf}=${id}`
  return listAll(
    cluster,
    served
      .filter(kind => kind !== undefined)
      .flatMap(({ apiVersion, kind }) =>
        namespaces.map(namespace => ({ apiVersion, kind, namespace, labelSelector })),
      ),
  )
}

/** What git renders now, and both runtimes: the other one may still be there. */
function kindsOf(objects: Project['objects']) {
  const kinds = [
    { apiVersion: 'apps/v1', kind: 'Deployment' },
    { apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService' },
    { apiVersion: 'v1', kind: 'Service' },
    ...objects.map(({ object: { apiVersion, kind } }) => ({ apiVersion, kind })),
  ]
  return [...new Map(kinds.map(kind => [`${kind.apiVersion}/${kind.kind}`, kind])).values()]
}

/** Pods carry the endpoint's label; KServe copies it to what it makes. */
async function readChildren(
  cluster: Cluster,
  namespaces: readonly string[],
): Promise<KubeObject[]> {
  const labelSelector = ENDPOINT_LABEL
  return listAll(
    cluster,
    namespaces.flatMap(namespace => [
      { apiVersion: 'apps/v1', kind: 'Deployment', namespace, labelSelector },
      { apiVersion: 'apps/v1', kind: 'ReplicaSet', namespace, labelSelector },
      { apiVersion: 'v1', kind: 'Pod', namespace, labelSelector },
    ]),
  )
}

/** For explanations only: who may not read nodes gets poorer ones. */
async function readEvidence(
  cluster: Cluster,
  namespaces: readonly string[],
): Promise<KubeObject[]> {
  const queries: ListQuery[] = [
    { apiVersion: 'v1', kind: 'Node' },
    ...namespaces.flatMap(namespace => [
      { apiVersion: 'v1', kind: 'Event', namespace },
      { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace },
    ]),
  ]
  const lists = await Promise.all(queries.map(query => listAll(cluster, [query]).catch(() => [])))
  return lists.flat()
}

async function listAll(cluster: Cluster, queries: readonly ListQuery[]): Promise<KubeObject[]> {
  const lists = await Promise.all(queries.map(query => cluster.list(query)))
  return lists.flatMap(({ items }) => items)
}
