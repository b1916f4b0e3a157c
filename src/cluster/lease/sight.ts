import type { KubeObject } from '../../object/index.ts'
import type { Cluster } from '../cluster.ts'
import { abortedError } from '../failure/failure.ts'
import { seconds } from './moment.ts'
import { LEASE_KIND, leaseRef, type Claim, type LeaseObject, type Sighting } from './record.ts'

/** What is seen of a Lease that somebody else may hold. */
export interface Sightings {
  current: () => Promise<Sighting>
  /** Resolves when the Lease has changed since the last sighting, or after so many seconds. Watches from the first call on. */
  change: (atMostSeconds: number) => Promise<void>
  stop: () => void
}

export interface SightInput {
  cluster: Cluster
  claim: Claim
  /** The cluster's: its watches end quietly, waiting must not. */
  signal: AbortSignal | undefined
}

/** Looks once at first; watches only when there is somebody to wait for. */
export function sightLease({ cluster, claim, signal }: SightInput): Sightings {
  const stopped = new AbortController()
  let sighting: Sighting | undefined
  let changed = quietly()
  let isWatching = false

  const see = (lease: LeaseObject | undefined): Sighting => {
    const isSame = sighting !== undefined && renewal(sighting.lease) === renewal(lease)
    sighting = { lease, seenSeconds: isSame && sighting ? sighting.seenSeconds : seconds() }
    if (isSame) return sighting
    changed.resolve()
    changed = quietly()
    return sighting
  }
  const watch = async () => {
    const query = {
      ...LEASE_KIND,
      namespace: claim.namespace,
      fieldSelector: `metadata.name=${claim.name}`,
    }
    for await (const event of cluster.watch(query, stopped.signal)) {
      if (event.type === 'sync') see(event.items[0])
      else see(event.type === 'deleted' ? undefined : event.object)
    }
    throw abortedError(signal)
  }

  return {
    async current() {
      if (isWatching && sighting !== undefined) return sighting
      return see(await cluster.get(leaseRef(claim)))
    },
    async change(atMostSeconds) {
      const { promise } = changed
      if (!isWatching) void watch().catch(reason => changed.reject(reason))
      isWatching = true
      await before(promise, atMostSeconds)
    },
    stop: () => stopped.abort(),
  }
}

/** Two sightings with the same renewal are one: labels may change without the holder being alive. */
const renewal = (lease: KubeObject | undefined) => {
  const { spec, metadata } = (lease ?? {}) as Partial<LeaseObject>
  return JSON.stringify([metadata?.uid, spec?.holderIdentity, spec?.renewTime])
}

/** Nobody may be waiting when it is rejected. */
function quietly() {
  const resolvers = Promise.withResolvers<void>()
  resolvers.promise.catch(() => {})
  return resolvers
}

async function before(promise: Promise<void>, atMostSeconds: number): Promise<void> {
  const timeUp = Promise.withResolvers<void>()
  const timer = setTimeout(timeUp.resolve, atMostSeconds * 1000)
  await Promise.race([promise, timeUp.promise]).finally(() => clearTimeout(timer))
}
