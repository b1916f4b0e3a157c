import { ifAllowed, type Cluster } from '../../cluster/index.ts'
import { isRuntime } from '../../kinds/index.ts'
import {
  APPLYSET,
  ENDPOINT_LABEL,
  keyOf,
  refOf,
  setId,
  setParent,
  type KubeObject,
} from '../../object/index.ts'
import type { Problem } from '../../problem/index.ts'
import type { RenderedObject } from '../../render/index.ts'
import type { EndpointSet } from '../../spec/index.ts'
import { findUnlabelled } from './existing.ts'
import { readParent } from './inventory.ts'
import { readLive, type LiveSet } from './live.ts'
import { recordProblems } from './record-problems.ts'
import { revisionsOf, type Revision } from '../revisions.ts'
import { namespacesOf } from '../scope.ts'

/** A set as it is in the cluster: what a plan compares with, for those that only look. */
export interface SetState {
  /** In every namespace that the set is in, by git or by the parent's record. */
  live: LiveSet
  /** Workloads that run under names of git's, of endpoints that no apply has taken into the set. */
  unapplied: ReadonlyMap<string, KubeObject>
  /** What was applied, newest first. */
  revisions: readonly Revision[]
  /** Why that may not be all: the record is missing, or a kind cannot be looked for. */
  problems: Problem[]
}

/** One GET, one LIST per kind and namespace, and a look for the workload of each endpoint that the set does not have. Throws ClusterError. */
export async function readSet(
  cluster: Cluster,
  { set, objects }: { set: EndpointSet; objects: readonly RenderedObject[] },
): Promise<SetState> {
  const { namespace } = set.environment
  const parent = setParent(set.project, set.environment.name, namespace)
  const { object, inventory } = await readParent(cluster, parent)
  const live = await readLive({
    cluster,
    setId: setId(parent),
    desired: objects.map(each => refOf(each.object)),
    recorded: inventory,
    namespaces: namespacesOf(set),
  })
  const revisions = revisionsOf(object)
  const problems = recordProblems({ set, recorded: inventory, live, revisions })
  const unapplied = await findUnapplied(cluster, objects, live)
  return { live, unapplied, revisions, problems }
}

/** Who may not look for them sees what is the set's. */
async function findUnapplied(
  cluster: Cluster,
  objects: readonly RenderedObject[],
  { objects: members }: LiveSet,
): Promise<Map<string, KubeObject>> {
  const known = new Set(members.map(({ metadata }) => metadata.labels?.[ENDPOINT_LABEL]))
  const wanted = objects.filter(
    ({ object, endpoint }) => isRuntime(object) && !known.has(endpoint.name),
  )
  const refs = wanted.map(({ object }) => refOf(object))
  const served = await Promise.all(refs.map(ref => cluster.kind(ref)))
  const there = refs.filter((_, index) => served[index] !== undefined)
  const found = await ifAllowed(findUnlabelled(cluster, there), new Map<string, KubeObject>())
  const keys = new Set(refs.map(keyOf))
  // What another set has applied is its own.
  const isFree = ({ metadata }: KubeObject) => metadata.labels?.[APPLYSET.partOf] === undefined
  return new Map([...found].filter(([key, object]) => keys.has(key) && isFree(object)))
}
