import { at, fieldSteps, nextKey } from '../../object/index.ts'
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
  return fieldSteps(path).map(step => (typeof step === 'string' ? step : step.entry))
}

/** The layer that a field came from, and its path there; undefined when no layer says anything about it. */
export function locate(
  value: unknown,
  trace: Trace,
  steps: readonly string[],
): Located | undefined {
  let found: unknown = value
  let current: Trace = trace
  let origin: Path = []
  let rest = steps
  while (rest.length > 0) {
    const next = nextKey(found, rest)
    if (next === undefined) return undefined
    const { key } = next
    rest = next.rest
    found = at(found, key)
    const part = current.parts?.[key]
    origin = part?.at ?? [...origin, key]
    if (part !== undefined) current = part
  }
  return { source: current.source, path: origin }
}
