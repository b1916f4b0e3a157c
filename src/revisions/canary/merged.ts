import { isMap } from '../../object/index.ts'
import { isAlternative, KEYED_LISTS } from '../../spec/index.ts'

/** What one layer says with what a stronger one says over it, as layers are merged. */
export function merged(path: readonly string[], weaker: unknown, stronger: unknown): unknown {
  const [name = ''] = path
  const keyOf = path.length === 1 ? KEYED_LISTS[name] : undefined
  if (keyOf !== undefined && Array.isArray(weaker) && Array.isArray(stronger))
    return mergedList(weaker, stronger, keyOf)
  if (!isMap(weaker) || !isMap(stronger) || isAlternative(path)) return stronger
  const result = { ...weaker }
  for (const [key, value] of Object.entries(stronger))
    result[key] = merged([...path, key], weaker[key], value)
  return result
}

function mergedList(
  weaker: readonly unknown[],
  stronger: readonly unknown[],
  keyOf: (item: unknown) => string | undefined,
): unknown[] {
  const items = new Map([...weaker, ...stronger].map(item => [keyOf(item), item]))
  return [...items.values()]
}
