/** Reads of plain JSON of any shape: objects here may be what a patch made of them. */
export type Members = Record<string, unknown>

export function members(value: unknown): Members {
  return isMembers(value) ? value : NONE
}

const NONE: Members = Object.freeze({})

/** The entries of a list that are objects; none when it is no list. */
export function entries(value: unknown): Members[] {
  return Array.isArray(value) ? value.filter(isMembers) : []
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

export function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

export function at(value: unknown, ...path: readonly string[]): unknown {
  let inner = value
  for (const key of path) inner = members(inner)[key]
  return inner
}

/** Members whose values are text, as in labels. */
export function texts(value: unknown): Record<string, string> {
  const pairs = Object.entries(members(value)).flatMap(([name, member]) =>
    typeof member === 'string' ? [[name, member] as const] : [],
  )
  return Object.fromEntries(pairs)
}

/** A value in a message. */
export function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing')
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
