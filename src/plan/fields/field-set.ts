import { equalValues, isEmpty, isMap, type JsonMap } from '../../object/index.ts'

/**
 * What a manager holds, as fieldsV1 of structured-merge-diff writes it; its keys are read nowhere else. `f:` is a field, `k:` an
 * item of a list keyed by fields, `v:` an item of a set, `i:` an index, `.` the thing itself; `{}` is a leaf, which for maps and
 * lists means that they are owned whole, or were applied empty.
 */
export type FieldSet = JsonMap

/** What it holds of a field; undefined where it holds nothing. */
export function fieldIn(set: FieldSet, name: string): FieldSet | undefined {
  const below = set[fieldKey(name)]
  return isMap(below) ? below : undefined
}

/** Names repeat from object to object; making a key anew each time is most of what comparing costs. */
function fieldKey(name: string): string {
  let key = FIELD_KEYS.get(name)
  if (key === undefined) {
    key = `f:${name}`
    FIELD_KEYS.set(name, key)
  }
  return key
}

const FIELD_KEYS = new Map<string, string>()

/** Whether it holds something at this path of maps. */
export function holds(set: FieldSet, ...path: readonly string[]): boolean {
  const [name, ...rest] = path
  const below = name === undefined ? set : fieldIn(set, name)
  return below !== undefined && (rest.length === 0 || holds(below, ...rest))
}

/** Whether it holds a field that is none of these. */
export function holdsBeside(set: FieldSet, names: readonly string[]): boolean {
  const others = new Set(names.map(name => `f:${name}`))
  return Object.keys(set).some(key => !others.has(key))
}

/** Whether the thing itself is held, not only something in it. */
export function holdsItself(set: FieldSet): boolean {
  return isEmpty(set) || Object.hasOwn(set, '.')
}

/** An item of a keyed list: what identifies it, and what of it is held. */
export interface HeldItem {
  identity: Readonly<JsonMap>
  set: FieldSet
}

/** The items of a list that it holds; undefined where what it holds are not all items of one kind. */
export type HeldItems =
  | { type: 'keyed'; items: HeldItem[] }
  | { type: 'set'; texts: ReadonlySet<string> }
  | undefined

/** Of a set the values are their JSON. */
export function itemsIn(set: FieldSet): HeldItems {
  const keys = Object.keys(set)
  if (keys.every(key => key.startsWith('v:')))
    return { type: 'set', texts: new Set(keys.map(key => key.slice(2))) }
  if (!keys.every(isItemKey)) return undefined
  return {
    type: 'keyed',
    items: keys.map(key => ({ identity: identityOf(key), set: set[key] as FieldSet })),
  }
}

/** How the items of a list are told apart: as values, or by these fields; undefined where none is held by itself. */
export function listKeyOf(sets: readonly FieldSet[]): 'value' | readonly string[] | undefined {
  const keys = sets.flatMap(Object.keys)
  const item = keys.find(isItemKey)
  if (item !== undefined) return Object.keys(identityOf(item))
  return keys.some(key => key.startsWith('v:')) ? 'value' : undefined
}

function isItemKey(key: string): boolean {
  return key.startsWith('k:')
}

/** Keys repeat from object to object, too. */
function identityOf(key: string): Readonly<JsonMap> {
  let identity = IDENTITIES.get(key)
  if (identity === undefined) {
    identity = JSON.parse(key.slice(2)) as JsonMap
    IDENTITIES.set(key, identity)
  }
  return identity
}

const IDENTITIES = new Map<string, Readonly<JsonMap>>()

/** What each holds of a field. */
export function fieldInEach(sets: readonly FieldSet[], name: string): FieldSet[] {
  return sets.map(set => fieldIn(set, name)).filter(set => set !== undefined)
}

/** What each holds of an item of a list. */
export function itemInEach(sets: readonly FieldSet[], item: unknown): FieldSet[] {
  return sets.flatMap(set =>
    Object.entries(set).flatMap(([key, below]) =>
      isMap(below) && identifies(key, item) ? [below] : [],
    ),
  )
}

function identifies(key: string, item: unknown): boolean {
  if (key.startsWith('v:')) return equalValues(JSON.parse(key.slice(2)), item)
  if (!isItemKey(key) || !isMap(item)) return false
  return Object.entries(identityOf(key)).every(([name, value]) => equalValues(item[name], value))
}

/** All that one or the other holds. */
export function union(a: FieldSet, b: FieldSet): FieldSet {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return Object.fromEntries(
    [...keys].map(key => [key, union((a[key] ?? {}) as FieldSet, (b[key] ?? {}) as FieldSet)]),
  )
}

/** Without what it holds of some fields of a map in it. */
export function withoutFields(set: FieldSet, map: string, names: readonly string[]): FieldSet {
  const below = fieldIn(set, map)
  if (below === undefined) return set
  const dropped = new Set(names.map(fieldKey))
  const left = Object.entries(below).filter(([key]) => !dropped.has(key))
  return { ...set, [fieldKey(map)]: Object.fromEntries(left) }
}
