import { ClusterError } from '../cluster/index.ts'
import type { Cluster, ListQuery, WatchEvent } from '../cluster/index.ts'
import type { KubeObject } from '../object/index.ts'
import { viewOf } from '../status/index.ts'
import type { View } from '../status/index.ts'

/** Live objects kept current by watches: one per kind, namespace and selector, however many wait on them. */
export interface Watching {
  /** Resolves when the present state is known; at once when it is followed already. */
  follow: (query: ListQuery) => Promise<void>
  /** Adds our own write's answer, which the watch may show only later. */
  note: (object: KubeObject) => void
  view: () => View
  find: (uid: string | undefined) => KubeObject | undefined
  /** Resolves with the first value that is not undefined, checked at every change and every second; undefined at the deadline. Rejects when the signal aborts. */
  until: <T>(check: () => T | undefined, limit: Limit) => Promise<T | undefined>
  /** Kinds that we may not watch: what is said of them is incomplete. */
  hidden: () => readonly string[]
}

export interface Limit {
  /** Milliseconds since the epoch. */
  deadline: number
  signal: AbortSignal
}

/** Changes are looked at together, at most this often. */
const COALESCE_MS = 50
const TICK_MS = 1000

export function startWatching(cluster: Cluster, signal: AbortSignal): Watching {
  const followed = new Map<string, { synced: Promise<void>; objects: Map<string, KubeObject> }>()
  const noted = new Map<string, KubeObject>()
  const hidden = new Set<string>()
  const waiters = new Set<() => void>()
  const broken: unknown[] = []
  let snapshot: Snapshot | undefined
  let pending: NodeJS.Timeout | undefined

  const changed = () => {
    snapshot = undefined
    pending ??= setTimeout(() => {
      pending = undefined
      for (const wake of waiters) wake()
    }, COALESCE_MS)
  }

  const follow = (query: ListQuery) => {
    const { apiVersion, kind, namespace, labelSelector, fieldSelector } = query
    const key = JSON.stringify([apiVersion, kind, namespace, labelSelector, fieldSelector])
    const existing = followed.get(key)
    if (existing !== undefined) return existing.synced
    const objects = new Map<string, KubeObject>()
    const events = cluster.watch(query, signal)
    const synced = pump({ events, objects, noted, changed, query, hidden, broken })
    followed.set(key, { synced, objects })
    return synced
  }

  const current = () => {
    const watched = [...followed.values()].flatMap(({ objects }) => [...objects.values()])
    return (snapshot ??= snapshotOf(watched, noted))
  }

  return {
    follow,
    note: object => {
      noted.set(object.metadata.uid ?? '', object)
      changed()
    },
    view: () => current().view,
    find: uid => (uid === undefined ? undefined : current().byUid.get(uid)),
    hidden: () => [...hidden],
    until: (check, limit) => until({ check, limit, waiters, broken }),
  }
}

interface Snapshot {
  byUid: Map<string, KubeObject>
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
}

/** Reads the watch in the background; resolves at the first sync. Forbidden kinds are remembered, not fatal: waiting goes on with less to say. */
function pump(input: PumpInput): Promise<void> {
  const { events, objects, noted, changed, query, hidden, broken } = input
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
  return { byUid, view: viewOf(byUid.values()) }
}

/** Resource versions of one resource grow with time (KEP-5504 makes it official; etcd's are numbers). */
function isNewer(a: KubeObject, b: KubeObject): boolean {
  return Number(a.metadata.resourceVersion ?? 0) > Number(b.metadata.resourceVersion ?? 0)
}

interface UntilInput<T> {
  check: () => T | undefined
  limit: Limit
  waiters: Set<() => void>
  broken: readonly unknown[]
}

function until<T>({
  check,
  limit: { deadline, signal },
  waiters,
  broken,
}: UntilInput<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const stop = (finish: () => void) => {
      waiters.delete(look)
      clearInterval(ticker)
      signal.removeEventListener('abort', look)
      finish()
    }
    const look = () => {
      if (signal.aborted) return stop(() => reject(signal.reason as Error))
      try {
        const value = check()
        if (value === undefined && broken.length > 0) return stop(() => reject(broken[0]))
        if (value !== undefined || Date.now() >= deadline) stop(() => resolve(value))
      } catch (error) {
        stop(() => reject(error))
      }
    }
    const ticker = setInterval(look, TICK_MS)
    waiters.add(look)
    signal.addEventListener('abort', look)
    look()
  })
}
