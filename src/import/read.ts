/** Reads of live objects, which may lack anything. */
export type Json = Record<string, unknown>

export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (isJson(inner) ? Reflect.get(inner, key) : undefined),
    value,
  )
}

export function list(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : []
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

export function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

/** A duration as the spec writes it. */
export function seconds(value: number): string {
  return `${value}s`
}

/** Without members that are undefined; undefined when nothing is left. */
export function some(fields: Json): Json | undefined {
  const kept = given(fields)
  return Object.keys(kept).length === 0 ? undefined : kept
}

export function given(fields: Json): Json {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

export function isEqual(a: unknown, b: unknown): boolean {
  return stable(a) === stable(b)
}

function stable(value: unknown): string {
  return (
    JSON.stringify(value, (_key, member: unknown) =>
      isJson(member) && !Array.isArray(member)
        ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : member,
    ) ?? 'undefined'
  )
}

/** A map, not a list. */
export function isMap(value: unknown): value is Json {
  return isJson(value) && !Array.isArray(value)
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null
}
