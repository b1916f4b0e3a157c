import { equalValues, isMap, mergeKeysOf } from '../../object/index.ts'
import type { JsonMap } from '../../object/index.ts'
import { keyOf, named } from '../merge.ts'
import type { Lists } from '../merge.ts'

/**
 * The merge patch from what is rendered to what is live, to the letter: an InferenceService has no defaults that the API server fills in.
 * The order of named lists is left to others. Undefined where nothing differs.
 */
export function exactMerge(before: JsonMap, wanted: JsonMap): JsonMap | undefined {
  const names = new Set([...Object.keys(before), ...Object.keys(wanted)])
  const found = [...names].flatMap(name => {
    const value = memberPatch(before[name], wanted[name], name)
    return value === undefined ? [] : [[name, value] as const]
  })
  return found.length === 0 ? undefined : Object.fromEntries(found)
}

function memberPatch(before: unknown, wanted: unknown, name: string): unknown {
  if (equalValues(before, wanted)) return undefined
  if (wanted === undefined || wanted === null) return before === undefined ? undefined : null
  if (isMap(before) && isMap(wanted)) return exactMerge(before, wanted)
  const keys = mergeKeysOf(name)
  if (keys === undefined || !Array.isArray(before) || !Array.isArray(wanted)) return wanted
  return listPatch({ before, wanted, keys })
}

function listPatch({ before, wanted, keys }: Lists): unknown {
  if (![...before, ...wanted].every(entry => keyOf(entry, keys) !== undefined)) return undefined
  const find = (list: readonly unknown[], entry: unknown) =>
    list.find(other => keyOf(other, keys) === keyOf(entry, keys))
  const gone = before.filter(entry => find(wanted, entry) === undefined)
  const patches = wanted.flatMap(entry => {
    const changes = exactMerge(Object(find(before, entry)), Object(entry))
    return changes === undefined ? [] : [{ ...named(entry, keys), ...changes }]
  })
  const all = [...gone.map(entry => ({ ...named(entry, keys), $patch: 'delete' })), ...patches]
  return all.length === 0 ? undefined : all
}
