import type { Cluster } from '../cluster.ts'
import { failureType } from '../failure/failure.ts'
import { isHeldBy, leaseRef, type Claim, type LeaseObject } from './record.ts'

const RELEASE_SECONDS = 10

/**
 * Deletes the Lease as we know it: nothing is left behind, and those who wait are woken. What cannot be released
 * expires. Never throws: the work that it guarded is done.
 */
export async function releaseLease(
  cluster: Cluster,
  claim: Claim,
  lease: LeaseObject,
): Promise<void> {
  const bounded = cluster.withSignal(AbortSignal.timeout(RELEASE_SECONDS * 1000))
  try {
    const failure = await remove(bounded, lease)
    // Our last renewal may have got through without its answer.
    const known: LeaseObject | undefined =
      failure === 'stale' ? await bounded.get(leaseRef(claim)) : lease
    if (known === undefined || !isHeldBy(known, claim.identity)) return
    if (failure === 'stale') await remove(bounded, known)
    // Who may write leases but not delete them leaves an empty one.
    if (failure === 'forbidden')
      await bounded.update({ ...known, spec: { ...known.spec, holderIdentity: '' } })
  } catch {
    // Its time to live ends.
  }
}

async function remove(cluster: Cluster, lease: LeaseObject): Promise<string | undefined> {
  const { uid = '', resourceVersion = '' } = lease.metadata
  try {
    await cluster.delete(
      leaseRef({ namespace: lease.metadata.namespace ?? '', name: lease.metadata.name }),
      {
        propagation: 'Background',
        uid,
        resourceVersion,
      },
    )
    return undefined
  } catch (error) {
    return failureType(error) ?? 'other'
  }
}
