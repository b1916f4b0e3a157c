import { asksGpus } from '../gpus.ts'
import { problemAt } from './rule.ts'
import type { Finding, Rule } from './rule.ts'

/** What Kubernetes refuses, and what there are no GPUs for (T5). */
export const rolloutPossible: Rule = endpoint => {
  if (endpoint.spec.runtime === 'external') return []
  const { strategy, maxSurge, maxUnavailable, spareGpu } = endpoint.spec.rollout
  const findings: Finding[] = []
  const bounds = [
    maxSurge === undefined ? undefined : 'maxSurge',
    maxUnavailable === undefined ? undefined : 'maxUnavailable',
  ].find(field => field !== undefined)
  if (strategy === 'Recreate' && bounds !== undefined) {
    findings.push({
      code: 'contradiction',
      path: `spec.rollout.${bounds}`,
      message: `spec.rollout.${bounds} has no meaning with strategy Recreate`,
    })
  } else if (isZero(maxSurge) && isZero(maxUnavailable)) {
    findings.push({
      code: 'contradiction',
      path: 'spec.rollout.maxUnavailable',
      message: 'spec.rollout.maxSurge and maxUnavailable are both 0: no pod could be replaced',
      remedy: 'Set one of them to 1 or more.',
    })
  } else if (!spareGpu && asksGpus(endpoint.spec) && isPositive(maxSurge)) {
    findings.push({
      code: 'contradiction',
      path: 'spec.rollout.maxSurge',
      message: `spec.rollout.maxSurge is ${maxSurge}, but spec.rollout.spareGpu says that no GPU is spare`,
      remedy: 'Set maxSurge to 0, or spareGpu to true.',
    })
  }
  return findings.map(finding => problemAt(endpoint, finding))
}

function isZero(bound: number | string | undefined): boolean {
  return bound !== undefined && Number.parseInt(String(bound), 10) === 0
}

function isPositive(bound: number | string | undefined): boolean {
  return bound !== undefined && !isZero(bound)
}
