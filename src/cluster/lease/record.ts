import type { KubeObject, ObjectRef } from '../../object/index.ts'

/** https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/lease-v1/ */
export interface LeaseObject extends KubeObject {
  spec?: {
    holderIdentity?: string
    leaseDurationSeconds?: number
    acquireTime?: string
    renewTime?: string
    leaseTransitions?: number
  }
}

export interface Claim {
  namespace: string
  name: string
  /** Unique to this process: two runs of one person or pipeline are two holders. */
  identity: string
  ttlSeconds: number
}

export const LEASE_KIND = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' } as const

/** The object that stands for a lock. */
export function leaseRef({ namespace, name }: Pick<Claim, 'namespace' | 'name'>): ObjectRef {
  return { ...LEASE_KIND, namespace, name }
}

/** The Lease as it is when we hold it from `now` on, which is a time of the API server's clock. */
export function claimed(claim: Claim, before: LeaseObject | undefined, now: Date): LeaseObject {
  const { namespace, name, identity, ttlSeconds } = claim
  const { spec = {}, metadata = { name, namespace } } = before ?? {}
  const transitions = before === undefined ? 0 : (spec.leaseTransitions ?? 0) + 1
  return {
    ...LEASE_KIND,
    metadata,
    spec: {
      ...spec,
      holderIdentity: identity,
      leaseDurationSeconds: ttlSeconds,
      acquireTime: microTime(now),
      renewTime: microTime(now),
      leaseTransitions: transitions,
    },
  }
}

/** The same holder, alive at that time of the API server's clock. */
export function renewed(lease: LeaseObject, now: Date): LeaseObject {
  return { ...lease, spec: { ...lease.spec, renewTime: microTime(now) } }
}

/** Kubernetes wants exactly six decimals. */
const microTime = (time: Date) => time.toISOString().replace('Z', '000Z')

/** Separates the holder's name from what makes it unique. */
const SEPARATOR = '#'

export const identityOf = (holder: string, unique: string): string =>
  `${holder}${SEPARATOR}${unique}`

/** The name of whoever holds the lease; undefined when nobody does. */
export function holderOf(lease: LeaseObject | undefined): string | undefined {
  const identity = lease?.spec?.holderIdentity
  if (identity === undefined || identity === '') return undefined
  const at = identity.lastIndexOf(SEPARATOR)
  return at < 0 ? identity : identity.slice(0, at)
}

export const isHeldBy = (lease: LeaseObject | undefined, identity: string): boolean =>
  lease?.spec?.holderIdentity === identity

/** When a lease was seen as it is. */
export interface Sighting {
  lease: LeaseObject | undefined
  /** Seconds of a clock that nobody can set, at the first sight of this very renewal. */
  seenSeconds: number
}

export interface Now {
  /** Of the same clock as `seenSeconds`. */
  seconds: number
  serverTime: Date
}

/** How many times its duration a renewal must lie back, by the API server's clock, to count as dead without being watched. */
const LONG_DEAD = 2

/**
 * Seconds until the lease may be taken; 0: now. Like client-go's leader election, a holder is dead when we have watched
 * it not renew for the whole duration, whatever the clocks say. Holders of ours write the API server's time, so one whose
 * last renewal lies far back by that clock need not be watched first: a crashed run does not delay the next one.
 */
export function secondsUntilFree(
  { lease, seenSeconds }: Sighting,
  { seconds, serverTime }: Now,
): number {
  if (lease === undefined || holderOf(lease) === undefined) return 0
  const { leaseDurationSeconds = DEFAULT_TTL_SECONDS, renewTime = '' } = lease.spec ?? {}
  const watched = seenSeconds + leaseDurationSeconds - seconds
  const renewedSeconds = Date.parse(renewTime) / 1000
  const written = renewedSeconds + LONG_DEAD * leaseDurationSeconds - serverTime.getTime() / 1000
  return Math.max(0, Number.isNaN(written) ? watched : Math.min(watched, written))
}

/** Long enough for a restart of the API server, short enough to wait for after a crash. */
export const DEFAULT_TTL_SECONDS = 30
