import { ClusterError, type Cluster } from '../cluster/index.ts'
import type { KubeObject } from '../object/index.ts'
import { withOwnAllocations, withoutAllocated } from './allocated.ts'
import { underOtherHosts } from './hosts.ts'
import { fitsOnceGone } from './quota.ts'

export interface Creation {
  cluster: Cluster
  object: KubeObject
  /** Of the same name: the trial leaves out what only one object can have, and this one has. */
  live?: KubeObject | undefined
  /** Where it is tried, when not in the object's own namespace. */
  namespace?: string | undefined
}

/**
 * Asks the API server by a strict dry-run whether it would create the object, were the live one of its name not there, and gives
 * it as it would be; undefined where only a quota that the live one is counted in has a say. Throws ClusterError.
 */
export async function tryCreation(creation: Creation): Promise<KubeObject | undefined> {
  const { object, live } = creation
  try {
    return await create(creation, object)
  } catch (error) {
    if (!(error instanceof ClusterError) || live === undefined) throw error
    if (error.failure.type === 'quota' && fitsOnceGone(error.failure.message, live))
      return undefined
    const elsewhere = error.failure.type === 'denied' ? underOtherHosts(object, live) : undefined
    if (elsewhere === undefined) throw error
    // What is wrong beside the hosts is told in the words about the real ones.
    await create(creation, elsewhere).catch(() => {
      throw error
    })
    return undefined
  }
}

async function create(
  { cluster, object, live, namespace }: Creation,
  tried: KubeObject,
): Promise<KubeObject> {
  const { name } = object.metadata
  const metadata = {
    ...tried.metadata,
    name: trialName(name),
    ...(namespace === undefined ? {} : { namespace }),
  }
  const created = await cluster.create(withoutAllocated({ ...tried, metadata }, live), {
    dryRun: true,
  })
  return withOwnAllocations({ ...created, metadata: { ...created.metadata, name } }, object)
}

/** Short enough for what controllers derive from it. */
function trialName(name: string): string {
  return `${name.slice(0, 34)}-slipway-trial`
}
