import type { Cluster } from '../../cluster/index.ts'
import { refOf, setId, setParent } from '../../object/index.ts'
import type { Problem } from '../../problem/index.ts'
import type { RenderedObject } from '../../render/index.ts'
import type { EndpointSet } from '../../spec/index.ts'
import { readParent } from './inventory.ts'
import { readLive } from './live.ts'
import type { LiveSet } from './live.ts'
import { recordProblems } from './record-problems.ts'
import { revisionsOf } from '../revisions.ts'
import type { Revision } from '../revisions.ts'
import { namespacesOf } from '../scope.ts'

/** A set as it is in the cluster: what a plan compares with, for those that only look. */
export interface SetState {
  /** In every namespace that the set is in, by git or by the parent's record. */
  live: LiveSet
  /** What was applied, newest first. */
  revisions: readonly Revision[]
  /** Why that may not be all: the record is missing, or a kind cannot be looked for. */
  problems: Problem[]
}

/** One GET, and one LIST per kind and namespace. Throws ClusterError. */
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
  const problems = recordProblems({ set, recorded: inventory, live })
  return { live, revisions: revisionsOf(object), problems }
}
