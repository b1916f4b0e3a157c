import { at } from '../../object/index.ts'
import type { Path } from '../yaml/node.ts'
import type { LayerSource } from './layer.ts'
import type { Trace } from './merged.ts'

/** Where a field of the merged spec stands. */
export interface Located {
  source: LayerSource
  path: Path
}

/** `volumes[0].name`, `volumes.0.name` → steps. Keys with dots stay in pieces: lookups join them again. */
export function stepsOf(path: string): string[] {
  return path
    .replaceAll(/\["?([^[\]"]*)"?\]/g, '.$1')
    .split('.')
    .filter(step => step !== '')
}

/** The layer that a field came from, and its path there; undefined when no layer says anything about it. */
export function locate(
  value: unknown,
  trace: Trace,
  steps: readonly string[],
): Located | undefined {
  const path: string[] = []
  let found: unknown = value
  let current: Trace = trace
  let origin: Path = []
  let rest = steps
  while (rest.length > 0) {
    const key = longestKey(found, rest)
    if (key === undefined) return undefined
    rest = rest.slice(key.split('.').length)
    found = at(found, key)
    path.push(key)
    const part = current.parts?.[key]
    origin = part?.at ?? [...origin, key]
    if (part !== undefined) current = part
  }
  return { source: current.source, path: origin }
}

/** Keys of labels and nodeSelector have dots in them: the longest that exists is meant. */
function longestKey(value: unknown, steps: readonly string[]): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  for (let length = steps.length; length > 0; length--) {
    const key = steps.slice(0, length).join('.')
    if (Object.hasOwn(value, key)) return key
  }
  return undefined
}
