import { at, equalValues, isMap, mergeKeysOf, type JsonMap } from '../../object/index.ts'
import { isSame } from '../differences.ts'

/**
 * What is live, with slipway's own where it has nothing, or only what the API server fills in. By what an object finds pods stays as it is:
 * nothing is replaced for a selector's sake, and pods that run are not lost.
 */
export function united(rendered: JsonMap, wanted: JsonMap): JsonMap {
  return membersOf(rendered, wanted)
}

const SELECTORS = new Set(['selector', 'podSelector'])

function membersOf(rendered: JsonMap, wanted: JsonMap): JsonMap {
  const names = [...new Set([...Object.keys(rendered), ...Object.keys(wanted)])]
  const members = names.map(name => [name, memberOf(rendered[name], wanted[name], name)] as const)
  return Object.fromEntries(members.filter(([, value]) => value !== undefined))
}

function memberOf(rendered: unknown, wanted: unknown, name: string): unknown {
  if (SELECTORS.has(name)) return wanted ?? rendered
  if (rendered === undefined) return wanted
  if (isSame(undefined, wanted, name)) return rendered
  if (isMap(rendered) && isMap(wanted)) return membersOf(rendered, wanted)
  if (Array.isArray(rendered) && Array.isArray(wanted)) return listOf(rendered, wanted, name)
  return wanted
}

/** A port without a name is the one of that number. */
function isSameEntry(a: unknown, b: unknown, keys: readonly string[]): boolean {
  return keys.some(key => at(a, key) !== undefined && at(a, key) === at(b, key))
}

/** Slipway's entries first: variables may refer to earlier ones. */
function listOf(rendered: readonly unknown[], wanted: readonly unknown[], name: string): unknown[] {
  const keys = mergeKeysOf(name)
  const isOne = (a: unknown, b: unknown) =>
    keys === undefined ? equalValues(a, b) : isSameEntry(a, b, keys)
  const added = rendered.filter(entry => !wanted.some(other => isOne(entry, other)))
  const kept = wanted.map(entry => {
    const own = keys && rendered.find(other => isOne(entry, other))
    return isMap(own) && isMap(entry) ? membersOf(own, entry) : entry
  })
  return [...added, ...kept]
}
