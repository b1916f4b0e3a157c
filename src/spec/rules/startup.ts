import { contradiction, type Rule } from './rule.ts'

/** A probe's period where neither the spec nor a default gives one, as in Kubernetes. */
const PERIOD_SECONDS = 10

/** A startup probe that allows more time than loadTime would still be waiting when everything else has given up. */
export const startupWithinLoadTime: Rule = endpoint => {
  const { loadTime, probes } = endpoint.spec
  const { startup } = probes
  if (startup === undefined || startup === false || startup.failures === undefined) return []
  const { initialDelay = 0, period = PERIOD_SECONDS, failures } = startup
  const allowed = initialDelay + period * failures
  if (allowed <= loadTime) return []
  return contradiction(
    'spec.probes.startup.failures',
    `spec.probes.startup allows ${allowed}s, more than spec.loadTime (${loadTime}s)`,
    `Set spec.loadTime to ${allowed}s, or leave failures out: it follows from loadTime.`,
  )
}

/** KServe's Deployments have this progress deadline, and an InferenceService cannot change it. */
const KSERVE_DEADLINE_SECONDS = 600

export const loadTimeUnderKserve: Rule = endpoint => {
  const { runtime, loadTime } = endpoint.spec
  if (runtime !== 'kserve' || loadTime <= KSERVE_DEADLINE_SECONDS) return []
  return {
    code: 'contradiction',
    level: 'warn',
    path: 'spec.loadTime',
    message: `spec.loadTime is ${loadTime}s, but KServe calls a rollout failed after ${KSERVE_DEADLINE_SECONDS}s`,
    cause: 'The progress deadline of its Deployments cannot be set.',
    remedy: 'Use runtime deployment for models that take longer than 10m to load.',
  }
}
