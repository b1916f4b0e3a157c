import { keyOf, refOf, type KubeObject, type ObjectRef } from '../../object/index.ts'
import { liveView, type View } from '../../status/index.ts'

/** Objects as several watches and the answers to our own writes show them, the newest of each; a change costs the same, however many there are. */
export interface LiveObjects {
  /** For one watch. */
  source: () => Source
  /** For what is read now and then: what a watch tells to be gone is gone from it, too. */
  reading: () => Source
  /** An answer to our own write: it counts until a watch shows as much, for one that still lags must not say "ready". */
  note: (object: KubeObject) => void
  /** Always the present state. */
  view: View
  find: (uid: string | undefined) => KubeObject | undefined
  live: (ref: ObjectRef) => KubeObject | undefined
}

export interface Source {
  replaceAll: (objects: readonly KubeObject[]) => void
  put: (object: KubeObject) => void
  delete: (object: KubeObject) => void
}

export function liveObjects(): LiveObjects {
  const watched: Map<string, KubeObject>[] = []
  const read: Map<string, KubeObject>[] = []
  const noted = new Map<string, KubeObject>()
  const named = new Map<string, KubeObject>()
  const view = liveView()

  const show = (object: KubeObject) => {
    view.put(object)
    const key = keyOf(refOf(object))
    const other = named.get(key)
    // Of two with one name, the older one is on its way out.
    if (other === undefined || isSame(other, object) || isNewer(object, other))
      named.set(key, object)
  }
  const hide = (object: KubeObject) => {
    view.drop(uidOf(object))
    const key = keyOf(refOf(object))
    if (isSame(named.get(key), object)) named.delete(key)
  }
  const refresh = (object: KubeObject) => {
    const uid = uidOf(object)
    const seen = watched.flatMap(objects => objects.get(uid) ?? []).reduce(newest, undefined)
    const own = noted.get(uid)
    if (seen !== undefined && own !== undefined && !isNewer(own, seen)) noted.delete(uid)
    const present = noted.get(uid) ?? seen
    if (present === undefined) hide(object)
    else show(present)
  }

  const sourceIn = () => {
    const objects = new Map<string, KubeObject>()
    watched.push(objects)
    return { objects, source: sourceOf({ objects, read, noted, refresh }) }
  }

  return {
    source: () => sourceIn().source,
    reading: () => {
      const { objects, source } = sourceIn()
      read.push(objects)
      return source
    },
    note: object => {
      noted.set(uidOf(object), object)
      refresh(object)
    },
    view,
    find: view.find,
    live: ref => named.get(keyOf(ref)),
  }
}

interface SourceInput {
  objects: Map<string, KubeObject>
  read: readonly Map<string, KubeObject>[]
  noted: Map<string, KubeObject>
  refresh: (object: KubeObject) => void
}

function sourceOf({ objects, read, noted, refresh }: SourceInput): Source {
  return {
    replaceAll: present => {
      const before = [...objects.values()]
      objects.clear()
      for (const object of present) objects.set(uidOf(object), object)
      for (const object of [...before, ...present]) refresh(object)
    },
    put: object => {
      objects.set(uidOf(object), object)
      refresh(object)
    },
    delete: object => {
      objects.delete(uidOf(object))
      for (const each of [noted, ...read]) each.delete(uidOf(object))
      refresh(object)
    },
  }
}

function uidOf({ metadata: { uid } }: KubeObject): string {
  return uid ?? ''
}

function isSame(a: KubeObject | undefined, b: KubeObject): boolean {
  return a?.metadata.uid === b.metadata.uid
}

function newest(a: KubeObject | undefined, b: KubeObject): KubeObject {
  return a === undefined || !isNewer(a, b) ? b : a
}

/** Resource versions of one resource grow with time (KEP-5504 makes it official; etcd's are numbers). */
function isNewer(a: KubeObject, b: KubeObject): boolean {
  return Number(a.metadata.resourceVersion ?? 0) > Number(b.metadata.resourceVersion ?? 0)
}
