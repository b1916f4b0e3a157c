import type { KubeObject } from '../../object/index.ts'
import { conditionOf, conditionText, isCurrent } from '../conditions.ts'
import type { Inquiry } from '../inquiry.ts'
import type { Condition } from '../shapes.ts'
import type { Verdict } from '../verdict.ts'
import type { Rule } from './rule.ts'

/** What does not get better without a change of the HPA itself. */
const BROKEN = new Set(['InvalidSelector', 'InvalidMetricSourceType', 'AmbiguousSelector'])

/**
 * Ready once stored. Metrics that are not there yet, or never in a cluster without a metrics server, keep it from
 * scaling, not the endpoint from serving; only what no metric could mend fails.
 */
export const assessAutoscaler: Rule = inquiry => {
  const { object } = inquiry
  const able = conditionOf(object, 'AbleToScale')
  const active = conditionOf(object, 'ScalingActive')
  const broken = [able, active].find(condition => isBroken(condition, inquiry))
  if (broken !== undefined) return failed(object, broken)
  if (able?.status === 'False' && able.reason !== 'BackoffBoth')
    return { state: 'progressing', message: conditionText(able) }
  if (active?.status === 'False' && active.reason !== 'ScalingDisabled')
    return { state: 'ready', message: `does not scale yet: ${conditionText(active)}` }
  return { state: 'ready', message: replicasText(object) }
}

function isBroken(condition: Condition | undefined, { object, since }: Inquiry): boolean {
  return (
    condition?.status === 'False' &&
    BROKEN.has(condition.reason ?? '') &&
    isCurrent(condition, object, since)
  )
}

function failed(object: KubeObject, condition: Condition): Verdict {
  const message = conditionText(condition)
  return {
    state: 'failed',
    message,
    diagnosis: {
      cause: 'autoscaler',
      summary: `HorizontalPodAutoscaler ${object.metadata.name} cannot scale: ${message}`,
      evidence: [`condition ${condition.type}: ${message}`],
      remedy: 'correct scaling.metrics; no two autoscalers may share the pods of one selector',
    },
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
