import { setTimeout as delay } from 'node:timers/promises'
import { failure } from '../../problem/index.ts'
import type { Cluster } from '../cluster.ts'
import { failureType } from '../failure/failure.ts'
import type { Lease } from './lease.ts'
import { holderOf, isHeldBy, leaseRef, renewed, type Claim, type LeaseObject } from './record.ts'
import { releaseLease } from './release.ts'
import { moment, secondsSince, type Moment } from './moment.ts'

export interface Taken {
  lease: LeaseObject
  /** When the write was sent: our time to live counts from there. */
  sent: Moment
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

/** How often the holder looks at the clock. */
const LOOK_EVERY_MS = 250

/** Renews until released or lost. */
export function holdLease({ cluster, claim, lease, sent, takenOverFrom }: Holding): Lease {
  const lost = new AbortController()
  const ended = new AbortController()
  const state = { lease, renewed: sent }
  const end = () => {
    clearInterval(guard)
    ended.abort()
  }
  const lose = (why: string) => {
    if (ended.signal.aborted) return
    end()
    lost.abort(lockLost(claim, why))
  }
  const isHeld = () => {
    const silent = secondsSince(state.renewed)
    if (silent > claim.ttlSeconds * TRUST_FOR)
      lose(`it could not be renewed for ${Math.round(silent)} s`)
    return !ended.signal.aborted
  }

  const guard = setInterval(isHeld, LOOK_EVERY_MS).unref()
  const renewing = keep({ cluster, claim, state, ended: ended.signal, lose })
  let releasing: Promise<void> | undefined
  return {
    ...(takenOverFrom !== undefined && { takenOverFrom }),
    signal: lost.signal,
    isHeld,
    release() {
      end()
      return (releasing ??= renewing.then(() => releaseLease(cluster, claim, state.lease)))
    },
  }
}

interface Keeping {
  cluster: Cluster
  claim: Claim
  state: { lease: LeaseObject; renewed: Moment }
  ended: AbortSignal
  lose: (why: string) => void
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
async function renew({ cluster, claim, state, ended, lose }: Keeping): Promise<boolean> {
  const limit = AbortSignal.any([
    ended,
    AbortSignal.timeout(Math.round(claim.ttlSeconds * RENEW_EVERY * 1000)),
  ])
  const bounded = cluster.withSignal(limit)
  const sent = moment()
  try {
    const lease: LeaseObject = await bounded.update(renewed(state.lease, cluster.serverTime()))
    if (!isHeldBy(lease, claim.identity)) return false
    state.lease = lease
    state.renewed = sent
    return true
  } catch (error) {
    const type = failureType(error)
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
