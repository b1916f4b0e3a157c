/** Reads of plain JSON of any shape: what is live, what a patch made, what somebody wrote. */
export type JsonMap = Record<string, unknown>

/** A JSON object or YAML map; no list. */
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

/** As good as left out: nothing, a zero value, or a map or list with nothing in it. */
export function isBlank(value: unknown): boolean {
  return !value || isEmpty(value)
}

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

/** The value at a path of maps and lists; undefined where it leads nowhere. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let inner = value
  for (const step of path) {
    if (Array.isArray(inner)) inner = inner[Number(step)]
    else inner = isMap(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined
  }
  return inner
}

/** The map; an empty one for anything else. */
export function members(value: unknown): JsonMap {
  return isMap(value) ? value : NONE
}

const NONE: JsonMap = Object.freeze({})

/** The entries of a list that are maps; none when it is no list. */
export function entries(value: unknown): JsonMap[] {
  return Array.isArray(value) ? value.filter(isMap) : []
}

/** The items of a list; none when it is no list. */
export function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

export function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

/** Members whose values are text, as in labels. */
export function texts(value: unknown): Record<string, string> {
  const pairs = Object.entries(members(value)).flatMap(([name, member]) =>
    typeof member === 'string' ? [[name, member] as const] : [],
  )
  return Object.fromEntries(pairs)
}

/** The members that are there, without those that are undefined. */
export function defined<Fields extends object>(fields: Fields): Defined<Fields> {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given) as Defined<Fields>
}

type Defined<Fields> = {
  [Name in keyof Fields as undefined extends Fields[Name] ? never : Name]: Fields[Name]
} & {
  [Name in keyof Fields as undefined extends Fields[Name] ? Name : never]?: Exclude<
    Fields[Name],
    undefined
  >
}
