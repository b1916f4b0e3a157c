import { STATEFUL_SET, isOf } from '../../kinds/index.ts'
import type { KubeObject } from '../../object/index.ts'
import type { Inquiry } from '../inquiry.ts'
import { nodeTrouble } from '../causes/node-not-ready.ts'
import type { Pod } from '../shapes.ts'
import { ageText, between, timeOf } from '../times.ts'
import { podsOf } from '../tree.ts'
import type { Diagnosis } from '../verdict.ts'
import { eventText } from '../view.ts'
import { cleaned } from '../wording.ts'
import { finalizerRemedy, ownerOf } from './finalizers.ts'
import { plural, roughSeconds } from '../../words/index.ts'

/** The kubelet needs a moment after the grace period to report the end. */
const MARGIN_SECONDS = 15

/** Pods of the object (or the pod itself) that are on their way out: within their grace period, or stuck (D8). */
export function endingPods(inquiry: Inquiry): Diagnosis | undefined {
  const ending = podsOf(inquiry.object, inquiry.related).filter(
    ({ metadata }) => metadata.deletionTimestamp !== undefined,
  )
  const stuck = ending.find(pod => overdue(pod, inquiry.now) > MARGIN_SECONDS * 1000)
  if (stuck !== undefined) return stuckPod(stuck, inquiry)
  const last = ending.toSorted((a, b) => (deadlineOf(b) ?? 0) - (deadlineOf(a) ?? 0))[0]
  return last && gracefulPod(last, ending.length, inquiry)
}

function gracefulPod(pod: Pod, count: number, { now }: Inquiry): Diagnosis {
  const { name, deletionGracePeriodSeconds: grace } = pod.metadata
  const left = Math.max(0, -overdue(pod, now))
  const others = count === 1 ? '' : `${plural(count, 'pod')} are ending, `
  return {
    cause: 'pod-termination',
    summary: `${others}pod ${name} is within its grace period${grace === undefined ? '' : ` of ${grace}s`}`,
    evidence: [
      now === undefined
        ? `pod ${name} is being deleted`
        : `${roughSeconds(left / 1000)} of its grace period left`,
    ],
    remedy: 'wait: a container that has not ended by then is killed',
    outlook: 'waiting',
  }
}

function stuckPod(pod: Pod, inquiry: Inquiry): Diagnosis {
  const { name, deletionTimestamp } = pod.metadata
  const late = ageText(deletionTimestamp, inquiry.now)
  const { reason, evidence, remedy = endedByHand(pod) } = whyStuck(pod, inquiry)
  return {
    cause: 'pod-termination',
    summary: `pod ${name} has not ended ${late === undefined ? '' : `${late} `}after its grace period: ${reason}`,
    evidence: [`pod ${name} is being deleted`, ...evidence, ...claims(pod)],
    remedy,
  }
}

function endedByHand(pod: Pod): string {
  const { name, namespace = 'default' } = pod.metadata
  const twice = isOfStatefulSet(pod)
    ? ' (of a StatefulSet: two copies with one identity may then run at once)'
    : ''
  return `make sure that it does not run any more, then: kubectl -n ${namespace} delete pod ${name} --grace-period=0 --force, or run slipway again with --force-delete-pods${twice}`
}

interface WhyStuck {
  reason: string
  evidence: string[]
  /** Where ending it by hand is not what helps. */
  remedy?: string
}

function whyStuck(pod: Pod, inquiry: Inquiry): WhyStuck {
  const [finalizer, ...others] = pod.metadata.finalizers ?? []
  if (finalizer !== undefined) {
    const reason = `the finalizer ${[finalizer, ...others].join(', ')} holds it`
    return { reason, evidence: [], remedy: finalizerRemedy(pod) ?? ownerOf(finalizer).remedy }
  }
  const trouble = nodeTrouble(pod, inquiry)
  const node = pod.spec?.nodeName
  if (trouble !== undefined)
    return { reason: `its node ${node} ${trouble.text}`, evidence: [trouble.evidence] }
  const kill = inquiry.related.eventsOf(pod).findLast(({ reason }) => reason === 'FailedKillPod')
  if (kill !== undefined)
    return { reason: 'its node cannot end it', evidence: [`event: ${cleaned(eventText(kill))}`] }
  return {
    reason: `its node ${node ?? '(none)'} has not confirmed the end`,
    evidence: [
      'no event says why: the container may ignore SIGTERM, or the kubelet may not answer',
    ],
  }
}

function claims(pod: Pod): string[] {
  const names = (pod.spec?.volumes ?? []).flatMap(({ persistentVolumeClaim }) =>
    persistentVolumeClaim === undefined ? [] : [persistentVolumeClaim.claimName],
  )
  return names.map(name => `it uses PersistentVolumeClaim ${name}, which may still be attached`)
}

/** Its name is an identity that only one pod may have at a time. */
export function isOfStatefulSet({ metadata }: KubeObject): boolean {
  return metadata.ownerReferences?.some(owner => isOf(owner, STATEFUL_SET)) === true
}

/** Milliseconds since the end of the grace period, which is what deletionTimestamp means for pods; negative before it. */
function overdue({ metadata }: Pod, now: string | undefined): number {
  return between(metadata.deletionTimestamp, now) ?? -Infinity
}

function deadlineOf({ metadata }: Pod): number | undefined {
  return timeOf(metadata.deletionTimestamp)
}
