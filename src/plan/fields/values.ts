export type JsonMap = Record<string, unknown>

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

/** Whether it is a map or list with nothing in it. */
export function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  if (!isMap(value)) return false
  for (const _ in value) return false
  return true
}
