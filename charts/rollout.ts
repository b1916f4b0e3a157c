import type { k8s } from 'cdk8s-plus-28'
import { asksGpus, type Endpoint } from '../src/spec/index.ts'
import type { Plain } from './plain.ts'
import { startupSeconds } from './probes.ts'

/** For finding a node (an autoscaler may have to bring one) and pulling the image. */
const SCHEDULING_SECONDS = 300

/**
 * One more replica first, none taken away (T5); where no spare GPU is, one is taken away first. The
 * rollout fields of the spec win one by one.
 */
export function strategyOf({ spec }: Endpoint): Plain<k8s.DeploymentStrategy> {
  const { strategy, maxSurge, maxUnavailable } = spec.rollout
  const crowded = asksGpus(spec) && !spec.rollout.spareGpu
  const unsaid = [strategy, maxSurge, maxUnavailable].every(field => field === undefined)
  const single = spec.scaling === undefined && spec.replicas <= 1
  if (strategy === 'Recreate' || (unsaid && crowded && single)) return { type: 'Recreate' }
  const surge = maxSurge ?? (crowded ? 0 : 1)
  const unavailable = maxUnavailable ?? (isZero(surge) ? 1 : 0)
  return {
    type: 'RollingUpdate',
    rollingUpdate: { maxSurge: surge, maxUnavailable: unavailable },
  }
}

function isZero(value: number | string): boolean {
  return Number.parseInt(String(value), 10) === 0
}

/** Longer than a pod may take to load, so that the deadline never passes during an orderly start (its clock begins when the old pod begins to stop). */
export function progressDeadlineOf(endpoint: Endpoint): number {
  return startupSeconds(endpoint) + endpoint.spec.shutdown.gracePeriod + SCHEDULING_SECONDS
}
