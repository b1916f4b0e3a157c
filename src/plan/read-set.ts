import type { Cluster } from '../cluster/index.ts'
import { refOf, setId, setParent } from '../object/index.ts'
import type { RenderedObject } from '../render/index.ts'
import type { EndpointSet } from '../spec/index.ts'
import { readParent } from './inventory.ts'
import { readLive } from './live.ts'
import type { LiveSet } from './live.ts'
import { revisionsOf } from './revisions.ts'
import type { Revision } from './revisions.ts'

/** A set as it is in the cluster: what a plan compares with, for those that only look. */
export interface SetState {
  /** In every namespace that the set is in, by git or by the parent's record. */
  live: LiveSet
  /** What was applied, newest first. */
  revisions: readonly Revision[]
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
    desired: [
      ...RUNTIMES.map(kind => ({ ...kind, namespace })),
      ...objects.map(each => refOf(each.object)),
    ],
    recorded: inventory,
  })
  return { live, revisions: revisionsOf(object) }
}

/** Where the parent is gone: what may be there all the same. */
const RUNTIMES = [
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService' },
  { apiVersion: 'v1', kind: 'Service' },
]
