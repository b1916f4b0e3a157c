import { equalValues, isMap, mergeKeysOf, type JsonMap } from '../../object/index.ts'
import { keyOf, named, patchOfEntries, patchOfMembers, type Lists } from '../merge.ts'

/**
 * The merge patch from what is rendered to what is live, to the letter: an InferenceService has no defaults that the API server fills in.
 * The order of named lists is left to others. Undefined where nothing differs.
 */
export function exactMerge(before: JsonMap, wanted: JsonMap): JsonMap | undefined {
  return patchOfMembers(before, wanted, memberPatch)
}

function memberPatch(before: unknown, wanted: unknown, name: string): unknown {
  if (equalValues(before, wanted)) return undefined
  if (wanted === undefined || wanted === null) return before === undefined ? undefined : null
  if (isMap(before) && isMap(wanted)) return exactMerge(before, wanted)
  const keys = mergeKeysOf(name)
  if (keys === undefined || !Array.isArray(before) || !Array.isArray(wanted)) return wanted
  return listPatch({ before, wanted, keys })
}

function listPatch(lists: Lists): unknown {
  const { before, wanted, keys } = lists
  if (![...before, ...wanted].every(entry => keyOf(entry, keys) !== undefined)) return undefined
  return patchOfEntries(lists, (old, entry) => {
    const changes = exactMerge(Object(old), Object(entry))
    return changes && { ...named(entry, keys), ...changes }
  })
}
