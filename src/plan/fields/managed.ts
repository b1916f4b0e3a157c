import { equalValues, FIELD_MANAGER, isEmpty, isMap } from '../../object/index.ts'
import type { JsonMap, KubeObject, ManagedFieldsEntry } from '../../object/index.ts'
import { isOwnedWhole } from './atomic.ts'
import { sameKeyedList, sameSet } from './managed-lists.ts'
import type { SameItem } from './managed-lists.ts'

/**
 * Whether applying `desired` would certainly leave `live` as it is, told from live state alone: every desired
 * leaf is in our own managedFields entry with an equal live value, and the entry holds nothing else. False means
 * "changed or not certain": then the server is asked by a dry-run. A field that others changed since our last apply is no
 * longer in our entry.
 *
 * fieldsV1 (structured-merge-diff): `f:` a field, `k:` an item of a list keyed by fields, `v:` an item of a set,
 * `i:` an index, `.` the thing itself; `{}` a leaf, which for maps and lists means that they are owned whole, or were
 * applied empty.
 */
export function isCertainlyUnchanged(desired: KubeObject, live: KubeObject): boolean {
  const entry = ownEntry(live)
  const { apiVersion } = desired
  if (entry === undefined || entry.apiVersion !== apiVersion || live.apiVersion !== apiVersion)
    return false
  const fields = entry.fieldsV1
  return (
    fields !== undefined &&
    sameMap({ desired: applicable(desired), live: applicable(live), fields, kind: desired.kind })
  )
}

/** Our own server-side-apply entry; undefined when we have never applied the object. */
export function ownEntry(live: KubeObject): ManagedFieldsEntry | undefined {
  return live.metadata.managedFields?.find(isOwn)
}

export function isOwn({ manager, operation, subresource = '' }: ManagedFieldsEntry): boolean {
  return manager === FIELD_MANAGER && operation === 'Apply' && subresource === ''
}

/** Identity is not a field that anybody manages. */
function applicable({
  apiVersion: _apiVersion,
  kind: _kind,
  metadata,
  ...rest
}: KubeObject): JsonMap {
  const { name: _name, namespace: _namespace, ...managed } = metadata
  return { ...rest, metadata: managed }
}

interface Compared {
  desired: JsonMap
  live: JsonMap
  /** What our entry holds of it. */
  fields: JsonMap
  kind: string
  /** Of a keyed list: its entry holds the item itself, too (`.`). */
  isItem?: boolean
}

/** When as many fields are found in the entry as it has, it holds nothing else. */
function sameMap({ desired, live, fields, kind, isItem = false }: Compared): boolean {
  let found = isItem && Object.hasOwn(fields, '.') ? 1 : 0
  for (const name of Object.keys(desired)) {
    const own = fields[fieldKey(name)]
    // Without an entry it is not ours yet; metadata without labels and annotations has none.
    if (!isMap(own)) {
      if (name === 'metadata' && isEmpty(desired[name])) continue
      return false
    }
    if (!Object.hasOwn(live, name)) return false
    if (!sameField({ name, desired: desired[name], live: live[name], own, kind })) return false
    found += 1
  }
  return found === Object.keys(fields).length
}

interface Field {
  name: string
  desired: unknown
  live: unknown
  own: JsonMap
  kind: string
}

function sameField({ name, desired, live, own, kind }: Field): boolean {
  if (isEmpty(own)) return isOwnedWhole(kind, name, desired) && equalValues(desired, live)
  if (isMap(desired)) return isMap(live) && sameMap({ desired, live, fields: own, kind })
  return Array.isArray(desired) && Array.isArray(live) && sameList(desired, live, own, kind)
}

function sameList(desired: unknown[], live: unknown[], fields: JsonMap, kind: string): boolean {
  const owned = Object.keys(fields)
  if (owned.length !== desired.length) return false
  if (owned.every(key => key.startsWith('v:'))) return sameSet(desired, live, owned)
  if (!owned.every(key => key.startsWith('k:'))) return false
  // An item without fields of its own in the entry is atomic (imagePullSecrets).
  const sameItem: SameItem = item =>
    isEmpty(item.fields)
      ? equalValues(item.desired, item.live)
      : sameMap({ ...item, kind, isItem: true })
  return sameKeyedList({ desired, live, fields, owned, sameItem })
}

/** `f:NAME`. Names repeat from object to object; making a key anew each time is most of what comparing costs. */
function fieldKey(name: string): string {
  let key = FIELD_KEYS.get(name)
  if (key === undefined) {
    key = `f:${name}`
    FIELD_KEYS.set(name, key)
  }
  return key
}

const FIELD_KEYS = new Map<string, string>()
