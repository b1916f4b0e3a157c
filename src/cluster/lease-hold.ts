import { setTimeout as delay } from 'node:timers/promises'
import { failure } from '../problem/index.ts'
import type { Cluster } from './cluster.ts'
import { ClusterError } from './failure.ts'
import type { Lease } from './lease.ts'
import { holderOf, isHeldBy, leaseRef, renewed } from './lease-record.ts'
import { releaseLease } from './lease-release.ts'
import type { Claim, LeaseObject } from './lease-record.ts'
import { seconds } from './lease-sight.ts'

export interface Taken {
  lease: LeaseObject
  /** When the write was sent: our time to live counts from there. */
  sentSeconds: number
  takenOverFrom?: string
}

export interface Holding extends Taken {
  /** Without a signal: renewing and releasing go on after an interruption. */
  cluster: Cluster
  claim: Claim
}

/** Renewals are sent three times in a time to live; after two thirds without success we stop, one third before others may begin. */
const RENEW_EVERY = 1 / 3
const TRUST_FOR = 2 / 3
const AFTER_FAILURE_SECONDS = 1

/** Renews until released or lost. */
export function holdLease({ cluster, claim, lease, sentSeconds, takenOverFrom }: Holding): Lease {
  const lost = new AbortController()
  const ended = new AbortController()
  const state = { lease, renewedSeconds: sentSeconds }
  let fence: NodeJS.Timeout | undefined

  const end = () => {
    clearTimeout(fence)
    ended.abort()
  }
  const lose = (why: string) => {
    if (ended.signal.aborted) return
    end()
    lost.abort(lockLost(claim, why))
  }
  const isFresh = () => seconds() - state.renewedSeconds < claim.ttlSeconds * TRUST_FOR
  const silent = () =>
    lose(`it could not be renewed for ${Math.round(seconds() - state.renewedSeconds)} s`)
  const guard = () => {
    clearTimeout(fence)
    const left = state.renewedSeconds + claim.ttlSeconds * TRUST_FOR - seconds()
    fence = setTimeout(silent, left * 1000).unref()
  }

  guard()
  const renewing = keep({ cluster, claim, state, ended: ended.signal, lose, guard })
  let releasing: Promise<void> | undefined
  return {
    ...(takenOverFrom !== undefined && { takenOverFrom }),
    signal: lost.signal,
    isHeld() {
      if (!ended.signal.aborted && !isFresh()) silent()
      return !ended.signal.aborted
    },
    release() {
      end()
      return (releasing ??= renewing.then(() => releaseLease(cluster, claim, state.lease)))
    },
  }
}

interface Keeping {
  cluster: Cluster
  claim: Claim
  state: { lease: LeaseObject; renewedSeconds: number }
  ended: AbortSignal
  lose: (why: string) => void
  guard: () => void
}

async function keep(keeping: Keeping): Promise<void> {
  const { claim, ended } = keeping
  let pauseSeconds = claim.ttlSeconds * RENEW_EVERY
  for (;;) {
    await delay(pauseSeconds * 1000, undefined, { signal: ended, ref: false }).catch(() => {})
    if (ended.aborted) return
    const isRenewed = await renew(keeping)
    pauseSeconds = isRenewed
      ? claim.ttlSeconds * RENEW_EVERY
      : Math.min(AFTER_FAILURE_SECONDS, claim.ttlSeconds / 10)
  }
}

/** One renewal; false when it has to be tried again soon. */
async function renew({ cluster, claim, state, ended, lose, guard }: Keeping): Promise<boolean> {
  const limit = AbortSignal.any([ended, AbortSignal.timeout(claim.ttlSeconds * RENEW_EVERY * 1000)])
  const bounded = cluster.withSignal(limit)
  const sentSeconds = seconds()
  try {
    state.lease = await bounded.update(renewed(state.lease, cluster.serverTime()))
    state.renewedSeconds = sentSeconds
    guard()
    return true
  } catch (error) {
    const type = error instanceof ClusterError ? error.failure.type : 'other'
    if (type === 'not-found') lose('it was deleted')
    if (type === 'stale') await look({ bounded, claim, state, lose })
    return false
  }
}

/** Another resourceVersion: our own write whose answer was lost, or somebody else's. */
async function look({
  bounded,
  claim,
  state,
  lose,
}: Pick<Keeping, 'claim' | 'state' | 'lose'> & { bounded: Cluster }): Promise<void> {
  try {
    const lease: LeaseObject | undefined = await bounded.get(leaseRef(claim))
    if (lease !== undefined && isHeldBy(lease, claim.identity)) state.lease = lease
    else
      lose(lease === undefined ? 'it was deleted' : `${holderOf(lease) ?? 'nobody'} holds it now`)
  } catch {
    // The next renewal will find out, or the fence falls.
  }
}

function lockLost({ namespace, name }: Claim, why: string) {
  return failure('lock-lost', `the lock was lost: ${why}`, {
    object: `Lease/${namespace}/${name}`,
    cause: 'nothing more was written, because another apply may be running now',
    remedy: 'Apply again: it goes on from what is there.',
  })
}
