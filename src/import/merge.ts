import { isMap, mergeKeysOf, type JsonMap } from '../object/index.ts'
import { isSame } from './differences.ts'
import { withoutDefaults } from './pod-parts/without-defaults.ts'

/**
 * The merge patch that leads from `before` to `wanted`, as near as one can: the order of lists, and lists whose entries have no names of
 * their own, are left to JSON patches. Undefined when there is nothing to say.
 */
export function mergeFor(before: JsonMap, wanted: JsonMap): JsonMap | undefined {
  return patchOfMembers(before, wanted, memberPatch)
}

/** Member by member; undefined where none of them differs. */
export function patchOfMembers(
  before: JsonMap,
  wanted: JsonMap,
  patchOf: (before: unknown, wanted: unknown, name: string) => unknown,
): JsonMap | undefined {
  const names = new Set([...Object.keys(before), ...Object.keys(wanted)])
  const found = [...names].flatMap(name => {
    const value = patchOf(before[name], wanted[name], name)
    return value === undefined ? [] : [[name, value] as const]
  })
  return found.length === 0 ? undefined : Object.fromEntries(found)
}

function memberPatch(before: unknown, wanted: unknown, name: string): unknown {
  if (isSame(before, wanted, name)) return undefined
  if (isMap(before) && isMap(wanted)) return mergeFor(before, wanted)
  if (Array.isArray(before) || Array.isArray(wanted))
    return listPatch({ before: before ?? [], wanted: wanted ?? [] }, name)
  return wanted === undefined || wanted === null ? null : withoutDefaults(wanted)
}

/** Entry by entry: what the spec says of the list later is not lost. */
function listPatch({ before, wanted }: Record<'before' | 'wanted', unknown>, name: string) {
  if (!Array.isArray(before) || !Array.isArray(wanted)) return undefined
  const keys = mergeKeysOf(name)
  if (keys === undefined) return before.length === 0 ? withoutDefaults(wanted) : undefined
  const lists = { before, wanted, keys }
  return isMergeable(lists) ? entryPatches(lists) : undefined
}

/** Two lists whose entries have names, and under which keys. */
export interface Lists {
  before: readonly unknown[]
  wanted: readonly unknown[]
  keys: readonly string[]
}

function isMergeable({ before, wanted, keys }: Lists): boolean {
  return [before, wanted].every(list => {
    const names = list.map(entry => keyOf(entry, keys))
    return names.every(name => name !== undefined) && new Set(names).size === names.length
  })
}

function entryPatches(lists: Lists): unknown[] | undefined {
  return patchOfEntries(lists, (old, entry) => {
    if (old === undefined) return withoutDefaults(entry) as JsonMap
    const changes = mergeFor(old as JsonMap, entry as JsonMap)
    return changes && { ...named(old, lists.keys), ...changes }
  })
}

/** Deletions first; entries that are new come last, as a merge puts them. */
export function patchOfEntries(
  { before, wanted, keys }: Lists,
  patchOf: (old: unknown, entry: unknown) => JsonMap | undefined,
): unknown[] | undefined {
  const find = (list: readonly unknown[], entry: unknown) =>
    list.find(other => keyOf(other, keys) === keyOf(entry, keys))
  const gone = before.filter(entry => find(wanted, entry) === undefined)
  const patches = wanted.flatMap(entry => patchOf(find(before, entry), entry) ?? [])
  const deletions = gone.map(entry => ({ ...named(entry, keys), $patch: 'delete' }))
  const all = [...deletions, ...patches]
  return all.length === 0 ? undefined : all
}

/** The first of the keys that an entry has decides, as in a merge. */
export function keyOf(entry: unknown, keys: readonly string[]): string | undefined {
  if (!isMap(entry)) return undefined
  const key = keys.find(name => entry[name] !== undefined)
  return key === undefined ? undefined : `${key}=${String(entry[key])}`
}

/** That key and its value, as a patch names the entry. */
export function named(entry: unknown, keys: readonly string[]): JsonMap {
  const members = Object(entry) as JsonMap
  const key = keys.find(name => members[name] !== undefined)
  return key === undefined ? {} : { [key]: members[key] }
}
