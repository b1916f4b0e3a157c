import { kindOf } from '../kinds/index.ts'
import type { KubeObject } from '../object/index.ts'

/**
 * JSON as CEL sees it: whole numbers are integers of 64 bits, maps have no prototype. As the API server reads JSON, a number is
 * whole when it is written without a fraction.
 */
export function celValue(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value
  if (Array.isArray(value)) return value.map(celValue)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return new Map(entries.map(([key, inner]) => [key, celValue(inner)]))
}

/** An object as the API server hands it to policies: a container of a Deployment has `resources`, empty or not. */
export function servedValue(object: KubeObject): unknown {
  const value = celValue(object)
  const { pods, runtime } = kindOf(object)
  if (pods === undefined || runtime !== 'deployment') return value
  const pod = below(value, pods.spec)
  for (const list of ['containers', 'initContainers']) {
    const containers = below(pod, [list])
    if (!Array.isArray(containers)) continue
    for (const container of containers)
      if (container instanceof Map && !container.has('resources'))
        container.set('resources', new Map())
  }
  return value
}

function below(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (at instanceof Map ? at.get(key) : undefined), value)
}
