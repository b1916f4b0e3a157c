import { BUILT_IN, SERVING_TARGETS } from '../built-in.ts'
import type { Rule } from './rule.ts'

/** Policy missingProbes: without them, requests reach servers that load, and hung ones are never restarted (K2). */
export const keepsProbes: Rule = (endpoint, { policies }) => {
  if (endpoint.spec.runtime === 'external') return []
  const { probes } = endpoint.spec
  return (['readiness', 'liveness'] as const)
    .filter(kind => probes[kind] === false)
    .flatMap(kind => ({
      level: policies.missingProbes,
      code: 'policy',
      rule: 'policy-missing-probes',
      path: `spec.probes.${kind}`,
      message: `the ${kind} probe of ${endpoint.name} is switched off`,
      cause:
        kind === 'readiness'
          ? 'Requests would reach servers that are still loading.'
          : 'A server that hangs would never be restarted.',
      remedy: 'Give the probe a path or more time instead of false.',
    }))
}

/** Policy shortGrace: what serves this target needs to finish its requests (T1). */
export const graceSuitsTarget: Rule = (endpoint, { policies }) => {
  const { runtime, serves, shutdown } = endpoint.spec
  if (runtime === 'external') return []
  const target = Object.hasOwn(SERVING_TARGETS, serves) ? SERVING_TARGETS[serves] : undefined
  const usual = target?.shutdown?.gracePeriod ?? BUILT_IN.shutdown.gracePeriod
  if (shutdown.gracePeriod >= usual) return []
  return {
    level: policies.shortGrace,
    code: 'policy',
    rule: 'policy-short-grace',
    path: 'spec.shutdown.gracePeriod',
    message: `spec.shutdown.gracePeriod is ${shutdown.gracePeriod}s; for "${serves}" it is usually ${usual}s or more`,
    cause: 'Requests that take longer are cut off by an update.',
    remedy: `Set it to ${usual}s, or leave it out.`,
  }
}

/** Policy gpuPlacement: which GPUs an endpoint gets is said, not left to chance (R12). */
export const gpusArePlaced: Rule = (endpoint, { policies }) => {
  const { runtime, resources, scheduling = {} } = endpoint.spec
  if (runtime === 'external' || resources.gpus === 0 || resources.gpuMemory !== undefined) return []
  const { nodeSelector, affinity, tolerations } = scheduling
  if ([nodeSelector, affinity, tolerations].some(field => field !== undefined)) return []
  return {
    level: policies.gpuPlacement,
    code: 'policy',
    rule: 'policy-gpu-placement',
    path: 'spec.resources.gpus',
    message: `${endpoint.name} takes any GPU: it names no node selector, toleration or GPU memory`,
    remedy: 'Set spec.scheduling.nodeSelector, or spec.resources.gpuMemory.',
  }
}
