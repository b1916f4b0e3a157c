import { ClusterError, type Cluster, type ListQuery, type WatchEvent } from '../../cluster/index.ts'
import type { KubeObject, ObjectRef } from '../../object/index.ts'
import type { View } from '../../status/index.ts'
import { startDepartures, type Departures } from './departures.ts'
import { liveObjects, type Source } from './live-objects.ts'
import { startRounds, type Rounds } from './rounds.ts'
import { until, type Limit } from './until.ts'

/** Live objects kept current by watches: one per kind, namespace and selector, however many wait on them. */
export interface Watching {
  /** Resolves when the present state is known; at once when it is followed already. */
  follow: (query: ListQuery) => Promise<void>
  /** Reads what is not followed, once for all that ask within so many seconds; what may not be read is left out. */
  consult: (query: ListQuery, freshSeconds: number) => Promise<void>
  /** Adds what was read in another way and explains something. */
  learn: (objects: readonly KubeObject[]) => void
  /** Adds our own write's answer, which the watch may show only later. */
  note: (object: KubeObject) => void
  /** Always the present state. */
  view: View
  find: (uid: string | undefined) => KubeObject | undefined
  live: (ref: ObjectRef) => KubeObject | undefined
  /** Resolves with the first value that is not undefined, checked after changes and about every second, and at once when the object of `limit.uid` is gone; undefined at the deadline. Rejects when the signal aborts. */
  until: <T>(check: () => T | undefined, limit: Limit) => Promise<T | undefined>
  /** Why a kind may not be watched: nothing that is said of it can be relied on. */
  refusal: (kind: string) => ClusterError | undefined
}

export function startWatching(cluster: Cluster, signal: AbortSignal): Watching {
  const followed = new Map<string, Promise<void>>()
  const consulted = new Map<string, Consulted>()
  const refusals = new Map<string, ClusterError>()
  const rounds = startRounds()
  const departures = startDepartures()
  const broken: unknown[] = []
  const objects = liveObjects()

  const note = (object: KubeObject) => {
    objects.note(object)
    rounds.soon()
  }

  const learned = objects.reading()
  const learn = (found: readonly KubeObject[]) => {
    for (const object of found) learned.put(object)
  }

  const consult = (query: ListQuery, freshSeconds: number) => {
    const key = keyOfQuery(query)
    const known = consulted.get(key)
    if (known !== undefined && performance.now() - known.at < freshSeconds * 1000)
      return known.reading
    const source = known?.source ?? objects.reading()
    const reading = readAll(cluster, query, source).finally(rounds.soon)
    consulted.set(key, { source, reading, at: performance.now() })
    return reading
  }

  const follow = (query: ListQuery) => {
    const key = keyOfQuery(query)
    const existing = followed.get(key)
    if (existing !== undefined) return existing
    const events = cluster.watch(query, signal)
    const source = objects.source()
    const synced = pump({ events, source, rounds, departures, query, refusals, broken, signal })
    followed.set(key, synced)
    return synced
  }

  return {
    follow,
    consult,
    learn,
    note,
    view: objects.view,
    find: objects.find,
    live: objects.live,
    refusal: kind => refusals.get(kind),
    until: (check, limit) => until({ check, limit, rounds, departures, broken }),
  }
}

function keyOfQuery({ apiVersion, kind, namespace, labelSelector, fieldSelector }: ListQuery) {
  return JSON.stringify([apiVersion, kind, namespace, labelSelector, fieldSelector])
}

interface Consulted {
  source: Source
  reading: Promise<void>
  /** Of performance.now(). */
  at: number
}

/** What cannot be read now stays as it was last. */
async function readAll(cluster: Cluster, query: ListQuery, source: Source): Promise<void> {
  const list = await cluster.list(query).catch(() => undefined)
  if (list !== undefined) source.replaceAll(list.items)
}

interface PumpInput {
  events: AsyncIterable<WatchEvent>
  source: Source
  rounds: Rounds
  departures: Departures
  query: ListQuery
  refusals: Map<string, ClusterError>
  /** Why watches ended that had begun: what waits on them would wait in vain. */
  broken: unknown[]
  signal: AbortSignal
}

/**
 * Reads the watch in the background; resolves at the first sync, and rejects when the signal aborts before it.
 * Forbidden kinds are remembered, not fatal: waiting goes on with less to say.
 */
function pump(input: PumpInput): Promise<void> {
  const { events, source, rounds, departures, query, refusals, broken, signal } = input
  let isSynced = false
  return new Promise((resolve, reject) => {
    const read = async () => {
      for await (const event of events) {
        record(source, event)
        rounds.soon()
        if (event.type === 'deleted') departures.tell(event.object.metadata.uid)
        isSynced ||= event.type === 'sync'
        if (isSynced) resolve()
      }
      // A watch ends quietly when it is aborted: who waits for its beginning must not wait for ever.
      if (!isSynced) reject(signal.reason as Error)
    }
    read().catch((error: unknown) => {
      if (isSynced) {
        broken.push(error)
        return rounds.soon()
      }
      if (!(error instanceof ClusterError) || error.failure.type !== 'forbidden')
        return reject(error)
      refusals.set(query.kind, error)
      resolve()
    })
  })
}

function record(source: Source, event: WatchEvent): void {
  if (event.type === 'sync') source.replaceAll(event.items)
  else if (event.type === 'deleted') source.delete(event.object)
  else source.put(event.object)
}
