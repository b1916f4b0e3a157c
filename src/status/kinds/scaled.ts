import type { KubeObject } from '../../object/index.ts'
import { conditionOf, conditionText } from '../conditions.ts'
import { faulty, unseen, unsettled } from '../reported.ts'
import { clauses } from '../wording.ts'
import type { Rule } from './rule.ts'

const KEDA = 'KEDA'

/** KEDA tries again, with growing pauses: the workload that it scales may have been made after it. */
const PATIENCE_SECONDS = 30

/**
 * KEDA's ScaledObject and ScaledJob: ready when KEDA has checked them. That nothing triggers them, that they are paused, and
 * that metrics are missing is told: an endpoint serves without (keda, apis/keda/v1alpha1/condition_types.go).
 */
export const assessScaled: Rule = inquiry => {
  const { object } = inquiry
  const ready = conditionOf(object, 'Ready')
  if (ready === undefined || ready.status === 'Unknown') return unseen(inquiry, KEDA)
  if (ready.status === 'True')
    return unsettled(inquiry, ready, KEDA) ?? { state: 'ready', message: readyText(object) }
  const { kind, metadata } = object
  return faulty(inquiry, {
    condition: ready,
    who: KEDA,
    cause: 'autoscaler',
    summary: `${kind} ${metadata.name} cannot scale: ${conditionText(ready)}`,
    remedy: 'correct what KEDA names: the target, the bounds or the triggers',
    patienceSeconds: PATIENCE_SECONDS,
  })
}

function readyText(object: KubeObject): string {
  return clauses(
    isTrue(object, 'Paused') ? 'ready, paused' : 'ready',
    isTrue(object, 'Fallback') ? 'scales by its fallback: the metrics are not there' : undefined,
    noMetrics(object),
  )
}

function isTrue(object: KubeObject, type: string): boolean {
  return conditionOf(object, type)?.status === 'True'
}

function noMetrics(object: KubeObject): string | undefined {
  const active = conditionOf(object, 'HPAActive')
  return active?.status === 'False' ? `does not scale yet: ${conditionText(active)}` : undefined
}
