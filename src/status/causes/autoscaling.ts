import type { Inquiry } from '../inquiry.ts'
import type { KubeEvent, Pod } from '../shapes.ts'
import { isNew, latest } from '../times.ts'
import { eventText, eventTime } from '../view.ts'
import { cleaned } from '../wording.ts'
import { waitedSeconds } from './cause.ts'

/** What an autoscaler last said about a pod. */
export interface Autoscaling {
  /** `coming`: a node is being started; `delayed`: it will try again; `refused`: none of its nodes would fit. */
  state: 'coming' | 'delayed' | 'refused'
  /** In its own words. */
  text: string
  /** When it began to say so. */
  begin: string | undefined
  /** After our write. */
  isNew: boolean
}

/** Of cluster-autoscaler, and of Karpenter. */
const COMING = new Set(['TriggeredScaleUp', 'Nominated'])
/** Of cluster-autoscaler, and of GKE's when the cloud has no machine or quota just now. */
const NOT_COMING = new Set(['NotTriggerScaleUp', 'FailedScaleUp'])
/** Karpenter's refusal has the reason of the scheduler's. */
const KARPENTER_REFUSES = /^Failed to schedule pod, /
/** Of the node groups that would fit, one is only paused: https://github.com/kubernetes/autoscaler, orchestrator/skippedreasons.go */
const PASSING = /in backoff after failed scale-up|not ready for scale-up/

/** A node that was freed meanwhile changes the autoscaler's mind with its next look, some ten seconds later. */
const PATIENCE_SECONDS = 30

export function autoscalingOf(pod: Pod, { related, since }: Inquiry): Autoscaling | undefined {
  const said = related.eventsOf(pod).filter(event => isComing(event) || isNotComing(event))
  const last = said.at(-1)
  if (last === undefined) return undefined
  const coming = said.findLastIndex(isComing)
  const first = said[coming + 1]
  return {
    state: stateOf(last),
    text: cleaned(eventText(last)),
    begin: latest(first?.firstTimestamp ?? (first && eventTime(first)), timeAt(said, coming)),
    isNew: isNew(eventTime(last), since),
  }
}

/** It has said no since our write, and had the time to think again. */
export function hasRefused(said: Autoscaling, inquiry: Inquiry): boolean {
  const hasLasted = waitedSeconds(said.begin, inquiry) >= PATIENCE_SECONDS
  return said.state === 'refused' && said.isNew && hasLasted
}

/** `1 max node group size reached, 2 Insufficient nvidia.com/gpu` */
export function refusalText({ text }: Autoscaling): string {
  return text.replace(/^pod didn't trigger scale-up: |^Failed to schedule pod, /, '')
}

function stateOf(event: KubeEvent): Autoscaling['state'] {
  if (isComing(event)) return 'coming'
  const isPassing = event.reason === 'FailedScaleUp' || PASSING.test(eventText(event))
  return isPassing ? 'delayed' : 'refused'
}

function isComing({ reason = '' }: KubeEvent): boolean {
  return COMING.has(reason)
}

function isNotComing(event: KubeEvent): boolean {
  const { reason = '' } = event
  return (
    NOT_COMING.has(reason) ||
    (reason === 'FailedScheduling' && KARPENTER_REFUSES.test(eventText(event)))
  )
}

function timeAt(events: readonly KubeEvent[], index: number): string | undefined {
  const event = events[index]
  return event && eventTime(event)
}
