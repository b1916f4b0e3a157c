import { equalValues, isMap, type JsonMap } from '../../object/index.ts'
import { fieldIn, type FieldSet, type HeldItem } from './field-set.ts'

interface KeyedList {
  desired: readonly unknown[]
  live: readonly unknown[]
  /** In our entry. */
  items: readonly HeldItem[]
  sameItem: SameItem
}

export type SameItem = (item: { desired: JsonMap; live: JsonMap; set: FieldSet }) => boolean

/** Each desired item is ours and live once, in git's order: the API server would restore the order, and make two of a key one. */
export function sameKeyedList({ desired, live, items, sameItem }: KeyedList): boolean {
  const names = Object.keys(items[0]?.identity ?? {})
  if (!items.every(({ identity }) => hasExactly(identity, names))) return false
  const ownByKey = new Map(items.map(item => [keyBy(names, item.identity), item]))
  const positions = positionsBy(names, live)
  let last = -1
  for (const item of desired) {
    if (!isMap(item)) return false
    const match = ownItem(item, { names, items, ownByKey })
    if (match === undefined) return false
    const position = positions.get(keyBy(names, match.identity)) ?? -1
    if (position <= last) return false
    if (!sameItem({ desired: item, live: live[position] as JsonMap, set: match.set })) return false
    last = position
  }
  return true
}

interface OwnItems {
  names: readonly string[]
  items: readonly HeldItem[]
  ownByKey: ReadonlyMap<string, HeldItem>
}

function ownItem(item: JsonMap, { names, items, ownByKey }: OwnItems): HeldItem | undefined {
  if (names.every(name => Object.hasOwn(item, name))) return ownByKey.get(keyBy(names, item))
  const matches = items.filter(each => isFoundBy(item, each))
  return matches.length === 1 ? matches[0] : undefined
}

/** What the item leaves out of its identity, the server defaulted (a port's protocol), and is not ours. */
function isFoundBy(item: JsonMap, { identity, set }: HeldItem): boolean {
  return Object.keys(identity).every(name =>
    Object.hasOwn(item, name)
      ? equalValues(item[name], identity[name])
      : fieldIn(set, name) === undefined,
  )
}

/** Where each key is; keys that are there more than once are left out. */
function positionsBy(names: readonly string[], live: readonly unknown[]): Map<string, number> {
  const positions = new Map<string, number>()
  const repeated = new Set<string>()
  live.forEach((item, index) => {
    if (!isMap(item)) return
    const key = keyBy(names, item)
    if (positions.has(key)) repeated.add(key)
    positions.set(key, index)
  })
  for (const key of repeated) positions.delete(key)
  return positions
}

function keyBy(names: readonly string[], item: JsonMap): string {
  const [only] = names
  if (names.length === 1 && only !== undefined) return JSON.stringify(item[only]) ?? ''
  return JSON.stringify(names.map(name => item[name]))
}

function hasExactly(identity: JsonMap, names: readonly string[]): boolean {
  return (
    Object.keys(identity).length === names.length &&
    names.every(name => Object.hasOwn(identity, name))
  )
}

/** A set's values are ours, live once, and in git's order. */
export function sameSet(
  desired: readonly unknown[],
  live: readonly unknown[],
  texts: ReadonlySet<string>,
): boolean {
  let last = -1
  for (const item of desired) {
    const position = live.indexOf(item)
    if (position <= last || live.lastIndexOf(item) !== position) return false
    if (!texts.has(JSON.stringify(item))) return false
    last = position
  }
  return true
}
