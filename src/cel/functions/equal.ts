import { UnsignedInt } from '@marcbachmann/cel-js/evaluator'

/** CEL's equality, for functions that compare elements: numbers by value, maps and lists by what is in them. */
export function areEqual(one: unknown, other: unknown): boolean {
  const [a, b] = [plain(one), plain(other)]
  if (isNumeric(a) && isNumeric(b)) return a == b
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, at) => areEqual(item, b[at]))
  if (a instanceof Map && b instanceof Map)
    return (
      a.size === b.size && [...a].every(([key, item]) => b.has(key) && areEqual(item, b.get(key)))
    )
  return a === b
}

function isNumeric(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint'
}

/** Map literals are plain objects to the library; other types have a form that can be compared. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Map)
    return value
  if (value instanceof UnsignedInt) return value.valueOf()
  if (value.constructor === Object) return new Map(Object.entries(value))
  return value.constructor === Uint8Array ? String(value) : value.valueOf()
}
