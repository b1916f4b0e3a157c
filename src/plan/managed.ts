import { FIELD_MANAGER } from '../object/index.ts'
import type { KubeObject } from '../object/index.ts'

/**
 * Whether applying `desired` would certainly leave `live` as it is, told from live state alone: every desired
 * leaf is in our own managedFields entry with an equal live value, and the entry holds nothing else. False means
 * "changed or not certain": then the server is asked by a dry-run.
 *
 * fieldsV1 (structured-merge-diff): `f:` a field, `k:` an item of a list keyed by fields, `v:` an item of a set,
 * `i:` an index, `.` the thing itself; `{}` a leaf, which for maps and lists means that they are owned whole.
 */
export function isCertainlyUnchanged(desired: KubeObject, live: KubeObject): boolean {
  const entry = ownEntry(live)
  if (entry === undefined || entry.apiVersion !== desired.apiVersion) return false
  const fields = entry.fieldsV1
  return fields !== undefined && sameMap(applicable(desired), applicable(live), fields)
}

/** Our own server-side-apply entry; undefined when we have never applied the object. */
export function ownEntry(live: KubeObject) {
  return live.metadata.managedFields?.find(
    entry =>
      entry.manager === FIELD_MANAGER &&
      entry.operation === 'Apply' &&
      (entry.subresource ?? '') === '',
  )
}

type Fields = Record<string, unknown>
type JsonMap = Record<string, unknown>

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

function same(desired: unknown, live: unknown, fields: Fields): boolean {
  if (isEmpty(fields)) return equalValues(desired, live)
  if (Array.isArray(desired)) return Array.isArray(live) && sameList(desired, live, fields)
  return isMap(desired) && isMap(live) && sameMap(desired, live, fields)
}

function sameMap(desired: JsonMap, live: JsonMap, fields: Fields): boolean {
  const names = Object.keys(desired)
  const owned = Object.keys(fields).filter(key => key !== '.')
  return (
    owned.every(key => key.startsWith('f:') && Object.hasOwn(desired, key.slice(2))) &&
    names.every(name => {
      const own = fields[`f:${name}`]
      // An empty map desired is a leaf of its own; anything else without an entry is not ours yet.
      if (!isMap(own)) return name === 'metadata' && isEmpty(desired[name])
      return Object.hasOwn(live, name) && same(desired[name], live[name], own)
    })
  )
}

function sameList(desired: unknown[], live: unknown[], fields: Fields): boolean {
  const owned = Object.keys(fields).filter(key => key !== '.')
  if (owned.length !== desired.length) return false
  if (owned.every(key => key.startsWith('k:'))) return sameKeyedList(desired, live, fields, owned)
  if (owned.every(key => key.startsWith('v:'))) return sameSet(desired, live, owned)
  return false
}

function sameKeyedList(desired: unknown[], live: unknown[], fields: Fields, owned: string[]) {
  const positions = desired.map(item => {
    if (!isMap(item)) return -1
    const match = owned.filter(key => identifies(parseKey(key), item))
    if (match.length !== 1 || match[0] === undefined) return -1
    const identity = parseKey(match[0])
    const position = live.findIndex(other => isMap(other) && hasAll(other, identity))
    const own = fields[match[0]]
    if (position < 0 || !isMap(own)) return -1
    return sameItem(item, live[position] as JsonMap, own, identity) ? position : -1
  })
  return isAscending(positions)
}

/** The identity's fields are part of the entry even where the server defaulted them (a port's protocol). */
function sameItem(desired: JsonMap, live: JsonMap, fields: Fields, identity: JsonMap): boolean {
  const defaulted = Object.keys(identity).filter(name => !Object.hasOwn(desired, name))
  const rest = Object.fromEntries(
    Object.entries(fields).filter(([key]) => !defaulted.includes(key.slice(2))),
  )
  return sameMap(desired, live, rest)
}

function sameSet(desired: unknown[], live: unknown[], owned: string[]): boolean {
  const values = owned.map(parseKey)
  return desired.every(
    item => values.some(value => equalValues(value, item)) && live.includes(item),
  )
}

/** An item matches a key when it differs from it in nothing that it says. */
function identifies(identity: JsonMap, item: JsonMap): boolean {
  const names = Object.keys(identity)
  return (
    names.some(name => Object.hasOwn(item, name)) &&
    names.every(name => !Object.hasOwn(item, name) || equalValues(item[name], identity[name]))
  )
}

function hasAll(item: JsonMap, identity: JsonMap): boolean {
  return Object.entries(identity).every(([name, value]) => equalValues(item[name], value))
}

function parseKey(key: string): JsonMap {
  return JSON.parse(key.slice(2)) as JsonMap
}

function isAscending(positions: number[]): boolean {
  return positions.every((position, index) => position > (positions[index - 1] ?? -1))
}

/** Deep equality of JSON values; the order of keys does not matter, that of lists does. */
export function equalValues(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) && a.length === b.length && a.every((item, i) => equalValues(item, b[i]))
    )
  }
  if (!isMap(a) || !isMap(b)) return false
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every(name => Object.hasOwn(b, name) && equalValues(a[name], b[name]))
  )
}

export function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isEmpty(value: unknown): boolean {
  return isMap(value) && Object.keys(value).length === 0
}
