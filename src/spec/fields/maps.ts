import type { Path } from '../yaml/node.ts'

export type Fields = Record<string, unknown>

/** A YAML map or JSON object. */
export function isMap(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A field of a map; undefined where there is none, or no map. */
export function fieldOf(value: unknown, name: string): unknown {
  return isMap(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

/** The value at a path of maps and lists; undefined where it leads nowhere. */
export function valueAt(root: unknown, path: Path): unknown {
  let value = root
  for (const step of path) {
    value = Array.isArray(value) ? value[Number(step)] : fieldOf(value, String(step))
  }
  return value
}
