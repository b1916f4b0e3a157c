import type { KubeObject } from '../../object/index.ts'
import { remedyAgainst, type Remedies } from '../causes/remedies.ts'
import { conditionOf, conditionText } from '../conditions.ts'
import type { Inquiry } from '../inquiry.ts'
import { faulty, unseen, unsettled } from '../reported.ts'
import { clauses } from '../wording.ts'
import type { Rule } from './rule.ts'

const KEDA = 'KEDA'

/** What it scales by does not answer (keda, pkg/scaling/executor): as with an HPA without metrics, an endpoint serves without. */
const OF_TRIGGERS = new Set(['TriggerError', 'PartialTriggerError'])

/** KEDA tries again, with growing pauses: the workload that it scales may have been made after it. */
const PATIENCE_SECONDS = 30

/**
 * KEDA's ScaledObject and ScaledJob: ready when KEDA has checked them. That nothing triggers them, that they are paused, and
 * that metrics are missing is told: an endpoint serves without (keda, apis/keda/v1alpha1/condition_types.go).
 */
export const assessScaled: Rule = inquiry => {
  const { object } = inquiry
  const ready = conditionOf(object, 'Ready')
  if (ready !== undefined && OF_TRIGGERS.has(ready.reason ?? ''))
    return { state: 'ready', message: `does not scale yet: ${conditionText(ready)}` }
  if (ready === undefined || ready.status === 'Unknown') return unseen(inquiry, KEDA)
  if (ready.status === 'True')
    return unsettled(inquiry, ready, KEDA) ?? { state: 'ready', message: readyText(object) }
  const { kind, metadata } = object
  return faulty(inquiry, {
    condition: ready,
    who: KEDA,
    cause: 'autoscaler',
    summary: `${kind} ${metadata.name} cannot scale: ${conditionText(ready)}`,
    remedy: remedyFor(ready.message ?? '', inquiry),
    patienceSeconds: PATIENCE_SECONDS,
  })
}

/** By the words of its controller: keda, controllers/keda/scaledobject_controller.go, pkg/common/message. */
const WORDS: Remedies = [
  [
    /is forbidden: User/,
    'give KEDA the rights that the message names (ClusterRole keda-operator; its chart has a list of kinds that it may scale)',
  ],
  [
    /scaleTargetRef|ScaleTarget/,
    'correct the target (spec.scaleTargetRef): it names what is to be scaled by kind and name, in this namespace, and that has to offer the scale subresource',
  ],
  [/Replica Counts/, 'correct the bounds: idleReplicaCount < minReplicaCount <= maxReplicaCount'],
  [
    /already managed by the (?:hpa|ScaledObject)|hpa .{0,200}already|ensure HPA/i,
    'delete the other autoscaler of the same target, and correct what else KEDA names of the triggers',
  ],
  [
    /TriggerAuthentication|secret|credential/i,
    'bring what authenticates its triggers (spec.triggers[].authenticationRef, and its Secret)',
  ],
]

function remedyFor(message: string, { object }: Inquiry): string {
  const known = remedyAgainst(message, WORDS)
  const { namespace = 'default', name } = object.metadata
  return `${known ?? 'correct what KEDA names: the target, the bounds or the triggers'}; its events say more: kubectl -n ${namespace} describe ${object.kind.toLowerCase()} ${name}`
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
