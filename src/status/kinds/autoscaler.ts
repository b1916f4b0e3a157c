import type { KubeObject } from '../../object/index.ts'
import { conditionOf, conditionText, isCurrent } from '../conditions.ts'
import type { Inquiry } from '../inquiry.ts'
import type { Condition } from '../shapes.ts'
import { between } from '../times.ts'
import type { Diagnosis, Verdict } from '../verdict.ts'
import type { Rule } from './rule.ts'

/** What does not get better without a change of the HPA itself. */
const BROKEN = new Set(['InvalidSelector', 'InvalidMetricSourceType', 'AmbiguousSelector'])

/** The controller looks every 15 seconds: twice that after a write, a condition that still stands is about what was written. */
const GRACE_SECONDS = 30

/**
 * Ready once stored. Metrics that are not there yet, or never in a cluster without a metrics server, keep it from
 * scaling, not the endpoint from serving; only what no metric could mend fails.
 */
export const assessAutoscaler: Rule = inquiry => {
  const { object } = inquiry
  const able = conditionOf(object, 'AbleToScale')
  const active = conditionOf(object, 'ScalingActive')
  const broken = [able, active].find(each => isBroken(each, inquiry))
  if (broken !== undefined) return brokenVerdict(broken, inquiry)
  if (able?.status === 'False' && able.reason !== 'BackoffBoth')
    return { state: 'progressing', message: conditionText(able) }
  if (active?.status === 'False' && active.reason !== 'ScalingDisabled')
    return { state: 'ready', message: `does not scale yet: ${conditionText(active)}` }
  return { state: 'ready', message: replicasText(object) }
}

/** Without a clock, what was said before the write is not believed. */
function isBroken(
  condition: Condition | undefined,
  { object, since, now }: Inquiry,
): condition is Condition {
  if (condition?.status !== 'False' || !BROKEN.has(condition.reason ?? '')) return false
  return now !== undefined || isCurrent(condition, object, since)
}

/** What was said before the write may have been mended by it. */
function brokenVerdict(condition: Condition, { object, since, now }: Inquiry): Verdict {
  const message = conditionText(condition)
  const diagnosis = diagnosisOf(object, condition)
  const left = GRACE_SECONDS - (between(since, now) ?? 0) / 1000
  if (isCurrent(condition, object, since) || left <= 0)
    return { state: 'failed', message, diagnosis }
  return {
    state: 'progressing',
    message: `waiting for its controller to look again: before the write it said ${message}`,
    diagnosis: { ...diagnosis, outlook: 'waiting' },
  }
}

function diagnosisOf(object: KubeObject, condition: Condition): Diagnosis {
  const message = conditionText(condition)
  return {
    cause: 'autoscaler',
    summary: `HorizontalPodAutoscaler ${object.metadata.name} cannot scale: ${message}`,
    evidence: [`condition ${condition.type}: ${message}`],
    remedy: 'correct scaling.metrics; no two autoscalers may share the pods of one selector',
  }
}

function replicasText({ spec, status }: KubeObject): string {
  const { minReplicas = 1, maxReplicas } = (spec ?? {}) as {
    minReplicas?: number
    maxReplicas?: number
  }
  const { currentReplicas } = (status ?? {}) as { currentReplicas?: number }
  return `${currentReplicas ?? '?'} of ${minReplicas} to ${maxReplicas ?? '?'} replicas`
}
