import type { Cluster, ListQuery } from '../cluster/index.ts'
import { compareText, ENDPOINT_LABEL } from '../object/index.ts'
import type { KubeObject } from '../object/index.ts'
import { readSet, readSync } from '../plan/index.ts'
import type { KnownDecisions, Revision, Sync } from '../plan/index.ts'
import type { Problem } from '../problem/index.ts'
import { groupNames } from '../spec/index.ts'
import { endpointStatus, viewOf } from '../status/index.ts'
import type { EndpointStatus, View } from '../status/index.ts'
import type { Project } from '../project/index.ts'

export interface ObservedSet {
  /** By name: the endpoints of git and those that only the cluster has. */
  endpoints: EndpointStatus[]
  /** Newest first. */
  revisions: readonly Revision[]
  /** By endpoint. */
  syncs: ReadonlyMap<string, Sync>
  /** Why that may not be all. */
  problems: readonly Problem[]
}

/** How the endpoints of a set are now, compared with git, too, and what was applied. */
export async function observeEndpoints(
  cluster: Cluster,
  project: Project,
  known: KnownDecisions,
): Promise<ObservedSet> {
  const { live, ...recorded } = await readSet(cluster, project)
  const { objects, namespaces } = live
  const now = cluster.serverTime().toISOString()
  const statusesIn = statusesOf({ project, live: objects, now })
  const [children, syncs] = await Promise.all([
    readChildren(cluster, { namespaces, hasUnmarked: live.unmarked.size > 0 }),
    readSync({ cluster, ...project, live }, known),
  ])
  const endpoints = statusesIn(viewOf([...objects, ...children]))
  if (endpoints.every(({ state }) => state === 'ready')) return { endpoints, syncs, ...recorded }
  const evidence = await readEvidence(cluster, namespaces)
  const explained = statusesIn(viewOf([...objects, ...children, ...evidence]))
  return { endpoints: explained, syncs, ...recorded }
}

interface StatusInput {
  project: Project
  live: readonly KubeObject[]
  now: string
}

function statusesOf({ project: { set, objects }, live, now }: StatusInput) {
  const liveOf = Map.groupBy(live, object => object.metadata.labels?.[ENDPOINT_LABEL] ?? '')
  const desiredOf = Map.groupBy(objects, each => each.endpoint.name)
  liveOf.delete('')
  const names = new Set([...groupNames(set), ...liveOf.keys()])
  return (related: View) =>
    [...names].toSorted(compareText).map(endpoint =>
      endpointStatus({
        endpoint,
        objects: liveOf.get(endpoint) ?? [],
        desired: (desiredOf.get(endpoint) ?? []).map(each => each.object),
        related,
        now,
      }),
    )
}

interface Wanted {
  namespaces: readonly string[]
  /** Some members carry no label. */
  hasUnmarked: boolean
}

async function readChildren(
  cluster: Cluster,
  { namespaces, hasUnmarked }: Wanted,
): Promise<KubeObject[]> {
  const { childQueries } = await import('../status/index.ts')
  return listAll(
    cluster,
    namespaces.flatMap(namespace => childQueries(namespace, { hasUnmarked })),
  )
}

/** For explanations only: who may not read nodes gets poorer ones. */
async function readEvidence(
  cluster: Cluster,
  namespaces: readonly string[],
): Promise<KubeObject[]> {
  const { evidenceQueries } = await import('../status/index.ts')
  const lists = await Promise.all(
    evidenceQueries(namespaces).map(query => listAll(cluster, [query]).catch(() => [])),
  )
  return lists.flat()
}

async function listAll(cluster: Cluster, queries: readonly ListQuery[]): Promise<KubeObject[]> {
  const lists = await Promise.all(queries.map(query => cluster.list(query)))
  return lists.flatMap(({ items }) => items)
}
