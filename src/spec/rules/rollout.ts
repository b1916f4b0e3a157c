import { asksGpus } from '../traits.ts'
import { contradiction, type Rule } from './rule.ts'

/** What Kubernetes refuses, and what there are no GPUs for (T5). */
export const rolloutPossible: Rule = endpoint => {
  if (endpoint.spec.runtime === 'external') return []
  const { strategy, maxSurge, maxUnavailable, spareGpu } = endpoint.spec.rollout
  const bounds = [
    maxSurge === undefined ? undefined : 'maxSurge',
    maxUnavailable === undefined ? undefined : 'maxUnavailable',
  ].find(field => field !== undefined)
  if (strategy === 'Recreate' && bounds !== undefined) {
    return {
      code: 'contradiction',
      path: `spec.rollout.${bounds}`,
      message: `spec.rollout.${bounds} has no meaning with strategy Recreate`,
    }
  }
  if (isZero(maxSurge) && isZero(maxUnavailable)) {
    return contradiction(
      'spec.rollout.maxUnavailable',
      'spec.rollout.maxSurge and maxUnavailable are both 0: no pod could be replaced',
      'Set one of them to 1 or more.',
    )
  }
  if (spareGpu || !asksGpus(endpoint.spec) || !(maxSurge !== undefined && !isZero(maxSurge)))
    return undefined
  return contradiction(
    'spec.rollout.maxSurge',
    `spec.rollout.maxSurge is ${maxSurge}, but spec.rollout.spareGpu says that no GPU is spare`,
    'Set maxSurge to 0, or spareGpu to true.',
  )
}

function isZero(bound: number | string | undefined): boolean {
  return bound !== undefined && Number.parseInt(String(bound), 10) === 0
}
