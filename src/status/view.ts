import { DEPLOYMENT, EVENT, KSERVE, groupKind, isOf, type Type } from '../kinds/index.ts'
import type { KubeObject } from '../object/index.ts'
import type { EventSubject, KubeEvent } from './shapes.ts'
import { timeOf } from './times.ts'

/** Live objects seen together, indexed: built once for a namespace and shared by the assessments of all endpoints in it. */
export interface View {
  /** All of a kind, whatever their version. */
  ofKind: (kind: Type) => readonly KubeObject[]
  /** Direct dependants, by the UID in their ownerReferences. */
  ownedBy: (uid: string | undefined) => readonly KubeObject[]
  /** Deployments of the revisions that Knative made of an InferenceService: the owners in between are not read, labels lead to them. */
  revisionsOf: (service: KubeObject) => readonly KubeObject[]
  /** Events about one object, oldest first. */
  eventsOf: (object: KubeObject) => readonly KubeEvent[]
}

export function viewOf(objects: Iterable<KubeObject>): View {
  const view = liveView()
  for (const object of objects) view.put(object)
  return view
}

/** A view of objects that come, change and go: each change costs the same, however many objects there are. */
export interface LiveView extends View {
  /** In the place of the one with its UID. */
  put: (object: KubeObject) => void
  drop: (uid: string) => void
  find: (uid: string | undefined) => KubeObject | undefined
}

export function liveView(): LiveView {
  const all = new Map<unknown, KubeObject>()
  const [kinds, owned, events] = [groups(), groups(), groups(byTime)]
  const placeOf = (object: KubeObject) =>
    object.kind === EVENT.kind
      ? { group: events, key: subjectKey(object) }
      : { group: kinds, key: groupKind(object) }

  const drop = (uid: string) => {
    const object = all.get(uid)
    if (object === undefined) return
    all.delete(uid)
    const { group, key } = placeOf(object)
    group.delete(key, uid)
    for (const owner of ownersOf(object)) owned.delete(owner, uid)
  }
  const put = (object: KubeObject) => {
    // What is only planned has no UID, and nothing takes its place.
    const id = object.metadata.uid ?? object
    const owners = ownersOf(object)
    const left = ownersOf(all.get(id)).filter(owner => !owners.includes(owner))
    for (const owner of left) owned.delete(owner, id)
    for (const owner of owners) owned.put(owner, id, object)
    const { group, key } = placeOf(object)
    group.put(key, id, object)
    all.set(id, object)
  }

  return {
    put,
    drop,
    find: uid => (uid === undefined ? undefined : all.get(uid)),
    ofKind: kind => kinds.get(groupKind(kind)),
    ownedBy: uid => (uid === undefined ? [] : owned.get(uid)),
    revisionsOf: ({ metadata: { namespace, name } }) => owned.get(serviceKey(namespace, name)),
    eventsOf: ({ kind, metadata: { uid, namespace, name } }) => {
      const subject = { kind, name, ...(namespace && { namespace }), ...(uid && { uid }) }
      return events.get(keyOfSubject(subject))
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

/** Events of the kubelet name the container in fieldPath, where they are about one. */
export function isAboutContainer({ involvedObject, regarding }: KubeEvent, name: string): boolean {
  const { fieldPath } = involvedObject ?? regarding ?? {}
  return fieldPath === undefined || fieldPath.includes(`{${name}}`)
}

function subjectKey(event: KubeEvent): string {
  return keyOfSubject(event.involvedObject ?? event.regarding ?? {})
}

/** By UID: an event of an earlier object of the same name is not about this one. */
function keyOfSubject({ kind, namespace, name, uid }: EventSubject): string {
  return uid ?? `${kind}/${namespace ?? ''}/${name}`
}

function byTime(a: KubeEvent, b: KubeEvent): number {
  return (timeOf(eventTime(a)) ?? 0) - (timeOf(eventTime(b)) ?? 0)
}

function ownersOf(object: KubeObject | undefined): string[] {
  const owners = (object?.metadata.ownerReferences ?? []).map(({ uid }) => uid)
  return [...owners, ...servedBy(object)]
}

/**
 * Knative gives the Deployment of a revision the revision's labels, which KServe writes: knative.dev/serving (0.48),
 * pkg/reconciler/revision/resources/meta.go.
 */
function servedBy(object: KubeObject | undefined): string[] {
  if (object === undefined || !isOf(object, DEPLOYMENT)) return []
  const { namespace, labels = {} } = object.metadata
  const service = labels[KSERVE.podLabel]
  if (service === undefined || labels[KSERVE.revision] === undefined) return []
  return [serviceKey(namespace, service)]
}

/** No UID has a slash. */
function serviceKey(namespace = '', name = ''): string {
  return `${KSERVE.kind}/${namespace}/${name}`
}

/** Objects by something that they have in common; lists are made when they are asked for. */
function groups(order?: (a: KubeObject, b: KubeObject) => number) {
  const members = new Map<string, Map<unknown, KubeObject>>()
  const lists = new Map<string, readonly KubeObject[]>()
  return {
    put(key: string, id: unknown, object: KubeObject) {
      lists.delete(key)
      const group = members.get(key)
      if (group === undefined) members.set(key, new Map([[id, object]]))
      else group.set(id, object)
    },
    delete(key: string, id: unknown) {
      lists.delete(key)
      const group = members.get(key)
      group?.delete(id)
      if (group?.size === 0) members.delete(key)
    },
    get(key: string): readonly KubeObject[] {
      const known = lists.get(key)
      if (known !== undefined) return known
      const list = [...(members.get(key)?.values() ?? [])]
      if (order !== undefined) list.sort(order)
      lists.set(key, list)
      return list
    },
  }
}
