import { ClusterError } from '../cluster/index.ts'
import type { Cluster, ListQuery, WatchEvent } from '../cluster/index.ts'
import { compareText, keyOf, refOf } from '../object/index.ts'
import type { KubeObject, ObjectRef } from '../object/index.ts'
import { viewOf } from '../status/index.ts'
import type { View } from '../status/index.ts'
import { startRounds } from './rounds.ts'
import { until } from './until.ts'
import type { Limit } from './until.ts'

/** Live objects kept current by watches: one per kind, namespace and selector, however many wait on them. */
export interface Watching {
  /** Resolves when the present state is known; at once when it is followed already. */
  follow: (query: ListQuery) => Promise<void>
  /** Reads once what is not followed, for all that ask at the same time; what may not be read is left out. */
  consult: (query: ListQuery) => Promise<void>
  /** Adds our own write's answer, which the watch may show only later. */
  note: (object: KubeObject) => void
  view: () => View
  find: (uid: string | undefined) => KubeObject | undefined
  live: (ref: ObjectRef) => KubeObject | undefined
  /** Resolves with the first value that is not undefined, checked after changes and about every second; undefined at the deadline. Rejects when the signal aborts. */
  until: <T>(check: () => T | undefined, limit: Limit) => Promise<T | undefined>
  /** Kinds that we may not watch: what is said of them is incomplete. */
  hidden: () => readonly string[]
}

export function startWatching(cluster: Cluster, signal: AbortSignal): Watching {
  const followed = new Map<string, { synced: Promise<void>; objects: Map<string, KubeObject> }>()
  const noted = new Map<string, KubeObject>()
  const consulted = new Map<string, Promise<void>>()
  const hidden = new Set<string>()
  const rounds = startRounds()
  const broken: unknown[] = []
  let snapshot: Snapshot | undefined

  const changed = () => {
    snapshot = undefined
    rounds.soon()
  }

  const note = (object: KubeObject) => {
    noted.set(object.metadata.uid ?? '', object)
    changed()
  }

  const consult = (query: ListQuery) => {
    const key = keyOfQuery(query)
    const reading = consulted.get(key) ?? readAll(cluster, query, note)
    consulted.set(key, reading)
    return reading.finally(() => consulted.delete(key))
  }

  const follow = (query: ListQuery) => {
    const key = keyOfQuery(query)
    const existing = followed.get(key)
    if (existing !== undefined) return existing.synced
    const objects = new Map<string, KubeObject>()
    const events = cluster.watch(query, signal)
    const synced = pump({ events, objects, noted, changed, query, hidden, broken, signal })
    followed.set(key, { synced, objects })
    return synced
  }

  const watched = () => [...followed.values()].flatMap(({ objects }) => [...objects.values()])
  const current = () => (snapshot ??= snapshotOf(watched(), noted))

  return {
    follow,
    consult,
    note,
    view: () => current().view,
    find: uid => (uid === undefined ? undefined : current().byUid.get(uid)),
    live: ref => current().byKey.get(keyOf(ref)),
    hidden: () => [...hidden],
    until: (check, limit) => until({ check, limit, rounds, broken }),
  }
}

function keyOfQuery({ apiVersion, kind, namespace, labelSelector, fieldSelector }: ListQuery) {
  return JSON.stringify([apiVersion, kind, namespace, labelSelector, fieldSelector])
}

async function readAll(
  cluster: Cluster,
  query: ListQuery,
  note: (object: KubeObject) => void,
): Promise<void> {
  const { items } = await cluster.list(query).catch(() => ({ items: [] }))
  for (const item of items.toSorted((a, b) => compareText(a.metadata.name, b.metadata.name)))
    note(item)
}

interface Snapshot {
  byUid: Map<string, KubeObject>
  byKey: Map<string, KubeObject>
  view: View
}

interface PumpInput {
  events: AsyncIterable<WatchEvent>
  objects: Map<string, KubeObject>
  noted: Map<string, KubeObject>
  changed: () => void
  query: ListQuery
  hidden: Set<string>
  /** Why watches ended that had begun: what waits on them would wait in vain. */
  broken: unknown[]
  signal: AbortSignal
}

/**
 * Reads the watch in the background; resolves at the first sync, and rejects when the signal aborts before it.
 * Forbidden kinds are remembered, not fatal: waiting goes on with less to say.
 */
function pump(input: PumpInput): Promise<void> {
  const { events, objects, noted, changed, query, hidden, broken, signal } = input
  let isSynced = false
  return new Promise((resolve, reject) => {
    const read = async () => {
      for await (const event of events) {
        record(objects, event)
        if (event.type === 'deleted') noted.delete(event.object.metadata.uid ?? '')
        changed()
        isSynced ||= event.type === 'sync'
        if (isSynced) resolve()
      }
      // A watch ends quietly when it is aborted: who waits for its beginning must not wait for ever.
      if (!isSynced) reject(signal.reason as Error)
    }
    read().catch((error: unknown) => {
      if (isSynced) {
        broken.push(error)
        return changed()
      }
      if (!(error instanceof ClusterError) || error.failure.type !== 'forbidden')
        return reject(error)
      hidden.add(query.kind)
      resolve()
    })
  })
}

function record(objects: Map<string, KubeObject>, event: WatchEvent): void {
  if (event.type === 'sync') {
    objects.clear()
    for (const object of event.items) objects.set(object.metadata.uid ?? '', object)
  } else if (event.type === 'deleted') objects.delete(event.object.metadata.uid ?? '')
  else objects.set(event.object.metadata.uid ?? '', event.object)
}

/** Our own write's answer counts until the watch shows as much: a watch that still lags must not say "ready". */
function snapshotOf(watched: KubeObject[], noted: Map<string, KubeObject>): Snapshot {
  const byUid = new Map<string, KubeObject>()
  for (const object of watched) byUid.set(object.metadata.uid ?? '', object)
  for (const [uid, object] of noted) {
    const other = byUid.get(uid)
    if (other === undefined || isNewer(object, other)) byUid.set(uid, object)
    else noted.delete(uid)
  }
  const byKey = new Map([...byUid.values()].map(object => [keyOf(refOf(object)), object]))
  return { byUid, byKey, view: viewOf(byUid.values()) }
}

/** Resource versions of one resource grow with time (KEP-5504 makes it official; etcd's are numbers). */
function isNewer(a: KubeObject, b: KubeObject): boolean {
  return Number(a.metadata.resourceVersion ?? 0) > Number(b.metadata.resourceVersion ?? 0)
}
