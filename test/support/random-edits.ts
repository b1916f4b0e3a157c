/** Edits of JSON objects, chosen by a stream of numbers, so that a seed gives the same ones again. */

export type Choose = (count: number) => number
type JsonMap = Record<string, unknown>

/** Numbers below the given count, from the seed on (mulberry32). */
export function chooser(seed: number): Choose {
  let state = seed
  return count => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % count
  }
}

export function pick<Item>(items: readonly Item[], choose: Choose): Item {
  const item = items[choose(items.length)]
  if (item === undefined) throw new Error('nothing to choose from')
  return item
}

interface Slot {
  parent: JsonMap | unknown[]
  key: string | number
}

/** A copy with one random edit; `source` is where values for new fields come from. */
export function edited<Value extends object>(value: Value, source: object, choose: Choose): Value {
  const copy = structuredClone(value)
  const slots = slotsIn(copy)
  if (slots.length > 0) pick(EDITS, choose)(pick(slots, choose), { root: copy, source, choose })
  return copy
}

/** A copy of which random fields are left out. */
export function part<Value extends object>(value: Value, choose: Choose): Value {
  const copy = structuredClone(value)
  for (let count = choose(8); count > 0; count -= 1) {
    const slots = slotsIn(copy)
    if (slots.length > 0) remove(pick(slots, choose))
  }
  return copy
}

interface Context {
  root: object
  source: object
  choose: Choose
}

type Edit = (slot: Slot, context: Context) => void

const EDITS: Edit[] = [
  changeLeaf,
  changeLeaf,
  remove,
  slot => put(slot, null),
  slot => put(slot, Array.isArray(at(slot)) ? [] : {}),
  (slot, { choose }) => shuffle(at(slot), choose),
  (slot, { choose }) => repeat(at(slot), choose),
  adopt,
  adopt,
  addEntry,
]

function changeLeaf(slot: Slot, { choose }: Context): void {
  const value = at(slot)
  if (typeof value === 'number') put(slot, pick([value + 1, String(value), 0], choose))
  else if (typeof value === 'boolean') put(slot, !value)
  else if (typeof value === 'string') put(slot, pick(SPELLINGS[value] ?? [`${value}x`, ''], choose))
}

/** The same value, written otherwise. */
const SPELLINGS: Record<string, string[]> = {
  '1': ['1000m', '1.0', '2'],
  '1Gi': ['1024Mi', '2Gi'],
  '500m': ['0.5', '600m'],
  '25%': ['26%'],
}

function remove({ parent, key }: Slot): void {
  if (Array.isArray(parent)) parent.splice(Number(key), 1)
  else delete parent[key]
}

function shuffle(list: unknown, choose: Choose): void {
  if (Array.isArray(list) && list.length > 1) list.push(...list.splice(choose(list.length), 1))
}

function repeat(list: unknown, choose: Choose): void {
  if (Array.isArray(list) && list.length > 0) list.push(structuredClone(pick(list, choose)))
}

/** Takes a field of the source that is not there yet. */
function adopt(_slot: Slot, { root, source, choose }: Context): void {
  const missing = missingIn(root as JsonMap, source as JsonMap)
  if (missing.length > 0) pick(missing, choose)()
}

function missingIn(target: JsonMap, source: JsonMap): (() => void)[] {
  return Object.entries(source).flatMap(([name, value]) => {
    const own = target[name]
    if (own === undefined) return [() => void (target[name] = structuredClone(value))]
    if (Array.isArray(own) && Array.isArray(value))
      return own.flatMap((item: unknown, index) => missingBelow(item, value[index]))
    return missingBelow(own, value)
  })
}

function missingBelow(target: unknown, source: unknown): (() => void)[] {
  return isMap(target) && isMap(source) ? missingIn(target, source) : []
}

function addEntry(slot: Slot, { choose }: Context): void {
  const value = at(slot)
  const name = `x${choose(3)}`
  if (Array.isArray(value)) value.push(typeof value[0] === 'string' ? name : { name })
  else if (isMap(value)) value[name] = 'new'
}

function slotsIn(value: unknown): Slot[] {
  if (Array.isArray(value))
    return value.flatMap((item, key) => [{ parent: value, key }, ...slotsIn(item)])
  if (!isMap(value)) return []
  return Object.entries(value).flatMap(([key, item]) => [{ parent: value, key }, ...slotsIn(item)])
}

function at({ parent, key }: Slot): unknown {
  return (parent as JsonMap)[key]
}

function put({ parent, key }: Slot, value: unknown): void {
  ;(parent as JsonMap)[key] = value
}

function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
