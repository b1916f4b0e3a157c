import type { Cluster, ListQuery } from '../cluster/index.ts'
import { compareText, ENDPOINT_LABEL, keyOf, refOf, type KubeObject } from '../object/index.ts'
import {
  readSet,
  readSync,
  type KnownDecisions,
  type Revision,
  type SetState,
  type Sync,
} from '../plan/index.ts'
import type { Problem } from '../problem/index.ts'
import type { RenderedObject } from '../render/index.ts'
import { unitNames } from '../spec/index.ts'
import { endpointStatus, viewOf, type EndpointStatus, type View } from '../status/index.ts'
import type { Project } from '../project/index.ts'
import { readLastLogs } from './last-logs.ts'

export interface ObservedSet {
  /** By name: the endpoints of git and those that only the cluster has. */
  endpoints: EndpointStatus[]
  /** Newest first. */
  revisions: readonly Revision[]
  /** Endpoints that run and that no apply has taken into the set: imported ones. */
  unapplied: ReadonlySet<string>
  /** By endpoint. */
  syncs: ReadonlyMap<string, Sync>
  /** Why that may not be all. */
  problems: readonly Problem[]
}

/** What of a project is looked at. */
interface Observed {
  set: Project['set']
  objects: readonly RenderedObject[]
}

/** How the endpoints of a set are now, compared with git, too, and what was applied. */
export async function observeEndpoints(
  cluster: Cluster,
  project: Observed,
  known: KnownDecisions,
): Promise<ObservedSet> {
  const state = await readSet(cluster, project)
  const { live, unapplied: running, revisions, problems } = state
  const [{ endpoints, unapplied }, syncs] = await Promise.all([
    readEndpoints(cluster, project, state),
    readSync({ cluster, ...project, live, unapplied: running }, known),
  ])
  return { endpoints, unapplied, syncs, revisions, problems }
}

/** How the endpoints of a set are now, and why some are not ready. Throws ClusterError. */
export async function readStatuses(cluster: Cluster, project: Observed): Promise<EndpointStatus[]> {
  const { endpoints } = await readEndpoints(cluster, project, await readSet(cluster, project))
  return endpoints
}

async function readEndpoints(
  cluster: Cluster,
  project: Observed,
  { live, unapplied: running }: SetState,
): Promise<Pick<ObservedSet, 'endpoints' | 'unapplied'>> {
  const { namespaces } = live
  const runs = project.objects.filter(({ object }) => running.has(keyOf(refOf(object))))
  const unapplied = new Set(runs.map(({ endpoint }) => endpoint.name))
  const objects = [...live.objects, ...runs.flatMap(each => asApplied(each, running))]
  const now = cluster.serverTime().toISOString()
  const statusesIn = statusesOf({ project, live: objects, unapplied, now })
  const children = await readChildren(cluster, {
    namespaces,
    members: [...live.objects, ...running.values()],
    hasUnmarked: live.unmarked.size > 0,
  })
  const endpoints = statusesIn(viewOf([...objects, ...children]))
  if (endpoints.every(({ state }) => state === 'ready')) return { endpoints, unapplied }
  const [evidence, logs] = await Promise.all([
    readEvidence(cluster, namespaces),
    readLastLogs(cluster, children),
  ])
  const all = [...objects, ...children, ...evidence, ...logs]
  return { endpoints: statusesIn(viewOf(all)), unapplied }
}

/** As what it will be, so that it is found under its endpoint. */
function asApplied(
  { object, endpoint }: RenderedObject,
  running: ReadonlyMap<string, KubeObject>,
): KubeObject[] {
  const live = running.get(keyOf(refOf(object)))
  if (live === undefined) return []
  const labels = { ...live.metadata.labels, [ENDPOINT_LABEL]: endpoint.name }
  return [{ ...live, metadata: { ...live.metadata, labels } }]
}

interface StatusInput {
  project: Observed
  live: readonly KubeObject[]
  unapplied: ReadonlySet<string>
  now: string
}

function statusesOf({ project: { set, objects }, live, unapplied, now }: StatusInput) {
  const liveOf = Map.groupBy(live, object => object.metadata.labels?.[ENDPOINT_LABEL] ?? '')
  // What nobody has applied is judged by what it is, not by what it shall be.
  const applied = objects.filter(each => !unapplied.has(each.endpoint.name))
  const desiredOf = Map.groupBy(applied, each => each.endpoint.name)
  liveOf.delete('')
  const names = new Set([...unitNames(set), ...liveOf.keys()])
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
  members: readonly KubeObject[]
  /** Some members carry no label. */
  hasUnmarked: boolean
}

async function readChildren(
  cluster: Cluster,
  { namespaces, members, hasUnmarked }: Wanted,
): Promise<KubeObject[]> {
  const { childQueries } = await import('../status/index.ts')
  return listAll(
    cluster,
    namespaces.flatMap(namespace => childQueries(namespace, { members, hasUnmarked })),
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

/** Nothing of it is compared with git. */
async function listAll(cluster: Cluster, queries: readonly ListQuery[]): Promise<KubeObject[]> {
  const lists = await Promise.all(queries.map(query => cluster.list(query, { isLean: true })))
  return lists.flatMap(({ items }) => items)
}
