import { randomUUID } from 'node:crypto'
import { formatRef } from '../../object/index.ts'
import { failure } from '../../problem/index.ts'
import { formatAge } from '../../words/index.ts'
import type { Cluster } from '../cluster.ts'
import { ClusterError, failureType } from '../failure/failure.ts'
import { holdLease, type Taken } from './hold.ts'
import type { Lease } from './lease.ts'
import { moment, seconds } from './moment.ts'
import {
  claimed,
  DEFAULT_TTL_SECONDS,
  holderOf,
  identityOf,
  isHeldBy,
  leaseRef,
  secondsUntilFree,
  type Claim,
  type LeaseObject,
  type Sighting,
} from './record.ts'
import { sightLease } from './sight.ts'

export interface LeaseOptions {
  namespace: string
  name: string
  /** Who and where, for people: `alice@laptop`, the CI run's URL. */
  holder: string
  /** After this time without a renewal others may take it; default 30. */
  ttlSeconds?: number
  /** How long to wait for another holder; 0 does not wait. */
  waitSeconds: number
  /** Somebody else holds it, since that time (RFC 3339). Called again when the holder changes. */
  onWaiting?: (holder: string, since: string) => void
  /** Interrupts the waiting. */
  signal?: AbortSignal
}

/**
 * One writer at a time (R1): takes the Lease, waits for its holder, or takes it over from a dead one; then renews it.
 * Every write is guarded by resourceVersion, so of several that try at once exactly one succeeds.
 * Throws SlipwayError `lock-held` when the waiting is over, ClusterError for what the API server refuses.
 */
export async function acquireLease(cluster: Cluster, options: LeaseOptions): Promise<Lease> {
  const { namespace, name, holder, ttlSeconds = DEFAULT_TTL_SECONDS, waitSeconds, signal } = options
  const claim = {
    namespace,
    name,
    ttlSeconds,
    identity: identityOf(holder, randomUUID().slice(0, 8)),
  }
  const deadline = seconds() + waitSeconds
  const patient = cluster.withSignal(signal)
  const sightings = sightLease({ cluster: patient, claim, signal })
  const tell = teller(options)
  try {
    for (;;) {
      const sighting = await sightings.current()
      const wait = secondsUntilFree(sighting, {
        seconds: seconds(),
        serverTime: cluster.serverTime(),
      })
      const taken = wait === 0 ? await take(patient, claim, sighting) : undefined
      // Releasing and renewing go on when the signal has aborted.
      if (taken !== undefined) return holdLease({ cluster: cluster.withSignal(), claim, ...taken })
      const left = deadline - seconds()
      if (wait > 0 && left <= 0) throw lockHeld(sighting, claim, cluster.serverTime())
      if (wait > 0) tell(sighting)
      await sightings.change(wait > 0 ? Math.min(wait, left) : LOST_RACE_SECONDS)
    }
  } finally {
    sightings.stop()
  }
}

/** Somebody was faster: that will be seen soon. */
const LOST_RACE_SECONDS = 1

/** One attempt; undefined when somebody else was faster. */
async function take(
  cluster: Cluster,
  claim: Claim,
  { lease: before }: Sighting,
): Promise<Taken | undefined> {
  const dead = holderOf(before)
  const sent = moment()
  const takenOver = dead === undefined ? {} : { takenOverFrom: dead }
  try {
    const wanted = claimed(claim, before, cluster.serverTime())
    const lease = (await (before === undefined
      ? cluster.create(wanted)
      : cluster.update(wanted))) as LeaseObject
    if (!isHeldBy(lease, claim.identity)) throw notOurs(claim)
    return { lease, sent, ...takenOver }
  } catch (error) {
    const lease = await afterFailure({ cluster, claim, error, before })
    return lease && { lease, sent, ...takenOver }
  }
}

/** Answered with success, and not with what was written. */
function notOurs(claim: Claim): ClusterError {
  const object = formatRef(leaseRef(claim))
  const message = `the write of ${object} was answered with a Lease of another holder`
  return new ClusterError({ type: 'unexpected', status: 200, object, message })
}

/** What leaves open whether the write was carried out. */
const UNKNOWN: ReadonlySet<string> = new Set(['unreachable', 'timeout', 'server', 'unexpected'])

interface Failed {
  cluster: Cluster
  claim: Claim
  error: unknown
  before: LeaseObject | undefined
}

/** Lost the race, or only the answer: the Lease itself tells. */
async function afterFailure({
  cluster,
  claim,
  error,
  before,
}: Failed): Promise<LeaseObject | undefined> {
  const type = failureType(error) ?? 'other'
  const isGone = type === 'not-found' && before !== undefined
  const isLate = isGone || type === 'stale' || type === 'already-exists' || type === 'being-deleted'
  const isUnknown = UNKNOWN.has(type)
  if (!isLate && !isUnknown) throw error
  const lease: LeaseObject | undefined = await cluster.get(leaseRef(claim))
  if (isHeldBy(lease, claim.identity)) return lease
  if (isLate) return undefined
  throw error
}

/** Tells who is waited for, once for each holder. */
function teller({ onWaiting }: LeaseOptions): (sighting: Sighting) => void {
  let told: string | undefined
  return ({ lease }) => {
    const { holderIdentity, acquireTime = '' } = lease?.spec ?? {}
    if (holderIdentity === told) return
    told = holderIdentity
    onWaiting?.(holderOf(lease) ?? '', acquireTime)
  }
}

function lockHeld({ lease }: Sighting, { namespace, name }: Claim, now: Date) {
  const { acquireTime, renewTime, leaseDurationSeconds = DEFAULT_TTL_SECONDS } = lease?.spec ?? {}
  const [held, renewed] = [acquireTime, renewTime].map(time => formatAge(time, now.getTime()))
  return failure(
    'lock-held',
    `another apply holds the lock: ${holderOf(lease)}${acquireTime === undefined ? '' : `, for ${held}`}`,
    {
      object: `Lease/${namespace}/${name}`,
      cause: renewTime === undefined ? 'It was never renewed.' : `It was renewed ${renewed} ago.`,
      remedy: `Wait until it has finished (--lock-timeout waits longer), or stop it: a holder that no longer renews is replaced after ${leaseDurationSeconds} s.`,
    },
  )
}
