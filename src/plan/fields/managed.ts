import { equalValues, isEmpty, isMap, type JsonMap, type KubeObject } from '../../object/index.ts'
import { isOwnedWhole } from './atomic.ts'
import { ownEntry } from './entries.ts'
import { fieldIn, holdsItself, itemsIn, type FieldSet } from './field-set.ts'
import { sameKeyedList, sameSet, type SameItem } from './managed-lists.ts'

/**
 * Whether applying `desired` would certainly leave `live` as it is, told from live state alone: every desired
 * leaf is in our own managedFields entry with an equal live value, and the entry holds nothing else. False means
 * "changed or not certain": then the server is asked by a dry-run. A field that others changed since our last apply is no
 * longer in our entry.
 */
export function isCertainlyUnchanged(desired: KubeObject, live: KubeObject): boolean {
  const entry = ownEntry(live)
  const { apiVersion } = desired
  if (entry === undefined || entry.apiVersion !== apiVersion || live.apiVersion !== apiVersion)
    return false
  const set = entry.fieldsV1
  return (
    set !== undefined &&
    sameMap({ desired: applicable(desired), live: applicable(live), set, kind: desired.kind })
  )
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
  set: FieldSet
  kind: string
  /** Of a keyed list: its entry holds the item itself, too. */
  isItem?: boolean
}

/** When as many fields are found in the entry as it has, it holds nothing else. */
function sameMap({ desired, live, set, kind, isItem = false }: Compared): boolean {
  let found = isItem && holdsItself(set) ? 1 : 0
  for (const name of Object.keys(desired)) {
    const own = fieldIn(set, name)
    // Without an entry it is not ours yet; metadata without labels and annotations has none.
    if (own === undefined) {
      if (name === 'metadata' && isEmpty(desired[name])) continue
      return false
    }
    if (!Object.hasOwn(live, name)) return false
    if (!sameField({ name, desired: desired[name], live: live[name], own, kind })) return false
    found += 1
  }
  return found === Object.keys(set).length
}

interface Field {
  name: string
  desired: unknown
  live: unknown
  own: FieldSet
  kind: string
}

function sameField({ name, desired, live, own, kind }: Field): boolean {
  if (isEmpty(own)) return isOwnedWhole(kind, name, desired) && equalValues(desired, live)
  if (isMap(desired)) return isMap(live) && sameMap({ desired, live, set: own, kind })
  return Array.isArray(desired) && Array.isArray(live) && sameList(desired, live, own, kind)
}

function sameList(desired: unknown[], live: unknown[], set: FieldSet, kind: string): boolean {
  if (Object.keys(set).length !== desired.length) return false
  const held = itemsIn(set)
  if (held === undefined) return false
  if (held.type === 'set') return sameSet(desired, live, held.texts)
  // An item without fields of its own in the entry is atomic (imagePullSecrets).
  const sameItem: SameItem = item =>
    isEmpty(item.set)
      ? equalValues(item.desired, item.live)
      : sameMap({ ...item, kind, isItem: true })
  return sameKeyedList({ desired, live, items: held.items, sameItem })
}
