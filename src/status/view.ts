import type { KubeObject } from '../object/index.ts'
import type { EventSubject, KubeEvent } from './shapes.ts'
import { timeOf } from './times.ts'

/** Live objects seen together, indexed: built once for a namespace and shared by the assessments of all endpoints in it. */
export interface View {
  /** All of a kind; API groups that share a kind's name are told apart by the caller. */
  ofKind: (kind: string) => readonly KubeObject[]
  /** Direct dependants, by the UID in their ownerReferences. */
  ownedBy: (uid: string | undefined) => readonly KubeObject[]
  /** Events about one object, oldest first. */
  eventsOf: (object: KubeObject) => readonly KubeEvent[]
}

export function viewOf(objects: Iterable<KubeObject>): View {
  const kinds = new Map<string, KubeObject[]>()
  const owned = new Map<string, KubeObject[]>()
  const events = new Map<string, KubeEvent[]>()
  for (const object of objects) {
    if (object.kind === 'Event') put(events, subjectKey(object), object)
    else put(kinds, object.kind, object)
    for (const owner of object.metadata.ownerReferences ?? []) put(owned, owner.uid, object)
  }
  for (const list of events.values())
    list.sort((a, b) => (timeOf(eventTime(a)) ?? 0) - (timeOf(eventTime(b)) ?? 0))
  return {
    ofKind: kind => kinds.get(kind) ?? [],
    ownedBy: uid => (uid === undefined ? [] : (owned.get(uid) ?? [])),
    eventsOf: ({ kind, metadata: { uid, namespace, name } }) => {
      const subject = { kind, name, ...(namespace && { namespace }), ...(uid && { uid }) }
      return events.get(keyOfSubject(subject)) ?? []
    },
  }
}

/** When an event last happened. */
export function eventTime(event: KubeEvent): string | undefined {
  const { series, lastTimestamp, eventTime: time, firstTimestamp, metadata } = event
  return (
    series?.lastObservedTime ??
    lastTimestamp ??
    time ??
    firstTimestamp ??
    metadata.creationTimestamp
  )
}

/** How often an event happened. */
export function eventCount({ count, series }: KubeEvent): number {
  return series?.count ?? count ?? 1
}

export function eventText({ message, note }: KubeEvent): string {
  return message ?? note ?? ''
}

function subjectKey(event: KubeEvent): string {
  return keyOfSubject(event.involvedObject ?? event.regarding ?? {})
}

/** By UID: an event of an earlier object of the same name is not about this one. */
function keyOfSubject({ kind, namespace, name, uid }: EventSubject): string {
  return uid ?? `${kind}/${namespace ?? ''}/${name}`
}

function put<T>(index: Map<string, T[]>, key: string, value: T): void {
  const list = index.get(key)
  if (list === undefined) index.set(key, [value])
  else list.push(value)
}
