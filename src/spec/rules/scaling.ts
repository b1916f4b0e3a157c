import { contradiction, type Rule } from './rule.ts'
import type { Endpoint } from '../set.ts'
import { isServerless } from '../traits.ts'

type Scaling = NonNullable<Endpoint['spec']['scaling']>

export const scalingBounds: Rule = endpoint => {
  const { scaling } = endpoint.spec
  if (scaling === undefined) return []
  const { min = 1, max } = scaling
  if (max === undefined) {
    return {
      code: 'missing-field',
      path: 'spec.scaling',
      message: 'spec.scaling.max is missing: an autoscaler needs an upper bound',
      remedy: 'Set it, such as max: 4.',
    }
  }
  if (min <= max) return []
  return contradiction(
    'spec.scaling.min',
    `spec.scaling.min (${min}) is more than spec.scaling.max (${max})`,
    'Lower min, or raise max.',
  )
}

/** An autoscaler without a target would get Kubernetes' 80 % CPU from nowhere; Knative has one of its own. */
export const scalingTarget: Rule = endpoint => {
  const { scaling } = endpoint.spec
  if (scaling === undefined || isServerless(endpoint) || hasTarget(scaling)) return []
  return {
    code: 'missing-field',
    path: 'spec.scaling',
    message: 'spec.scaling names no target to scale by',
    remedy: 'Set cpu or memory (percent of the request), queue, or metrics.',
  }
}

function hasTarget({ cpu, memory, queue, metrics = [] }: Scaling): boolean {
  return queue !== undefined || cpu !== undefined || memory !== undefined || metrics.length > 0
}

/** CPU and memory of no pod are nothing to scale by; with 0 the HPA also wants a custom metric (HPAScaleToZero). */
export const scalingToZero: Rule = endpoint => {
  const { scaling } = endpoint.spec
  if (scaling?.min !== 0 || isServerless(endpoint)) return []
  if (scaling.queue !== undefined || (scaling.metrics ?? []).length > 0) return []
  return contradiction(
    'spec.scaling.min',
    'spec.scaling.min is 0, and no custom metric could scale it up again',
    'Set min to 1 or more, or add a queue or metrics.',
  )
}

/** Utilisation is a share of the request: without one the HPA computes nothing and never scales. */
export const scalingNeedsRequests: Rule = endpoint =>
  (['cpu', 'memory'] as const).flatMap(resource => {
    const target = endpoint.spec.scaling?.[resource]
    if (target === undefined || isServerless(endpoint)) return []
    if (endpoint.spec.resources[resource]?.request !== undefined) return []
    return contradiction(
      `spec.scaling.${resource}`,
      `spec.scaling.${resource} is a share of the ${resource} request, which is not set`,
      `Set spec.resources.${resource}.`,
    )
  })

/** KServe makes the HPA itself, from CPU and memory targets alone. */
export const scalingByKserve: Rule = endpoint => {
  const { runtime, scaling } = endpoint.spec
  if (runtime !== 'kserve') return []
  const taken = scaling?.queue === undefined ? (['metrics', 'behavior'] as const) : []
  return taken
    .filter(field => scaling?.[field] !== undefined)
    .map(field =>
      contradiction(
        `spec.scaling.${field}`,
        `spec.scaling.${field} cannot be given to KServe, which makes the autoscaler itself`,
        'Scale by cpu or memory, or use runtime deployment.',
      ),
    )
}
