import { isKserve } from '../../kinds/index.ts'
import type { InferenceService, KubeEvent } from '../shapes.ts'
import type { Inquiry } from '../inquiry.ts'
import { isLater, isNew } from '../times.ts'
import { eventText, eventTime } from '../view.ts'
import { cleaned } from '../wording.ts'
import { hasHadTime, type Cause } from './cause.ts'
import { CONTROLLER_LOG, KSERVE_ERRORS, type KServeError } from './kserve-errors.ts'
import { denialIn } from './webhook.ts'

/** Says that something is not ready, not why. */
const SYMPTOM = 'InferenceServiceNotReady'
/** What came before it has been got over. */
const RECOVERY = 'InferenceServiceReady'
/** Two writers met; the controller tries again at once. */
export const PASSING = /the object has been modified/

/** The KServe controller cannot make what the InferenceService asks for: only an event says why, and no condition. */
export const kserveReconcile: Cause = inquiry => {
  if (!isKserve(inquiry.object)) return undefined
  const { name } = inquiry.object.metadata
  const complaint = eventComplaint(inquiry) ?? statusComplaint(inquiry)
  if (complaint === undefined) return undefined
  const { text } = complaint
  const { known, summary } = knownError(text, name)
  const denial = known === undefined ? denialIn(text) : undefined
  const why = denial ? `the ${denial.who} refuses it: ${denial.why}` : cleaned(text)
  const isFinal =
    (known ?? denial) !== undefined &&
    (known?.mayCome !== true || hasHadTime(complaint.begun, inquiry))
  return {
    cause: 'kserve-reconcile',
    summary: summary
      ? `KServe cannot make the predictor: ${summary}`
      : `KServe cannot make the predictor of ${name}: ${why}`,
    evidence: [complaint.evidence],
    remedy: known?.remedy ?? denial?.remedy ?? unknownRemedy(text),
    ...(isFinal && complaint.isCertain && { outlook: 'hopeless' as const }),
  }
}

function knownError(text: string, name: string): { known?: KServeError; summary?: string } {
  for (const known of KSERVE_ERRORS) {
    const found = known.pattern.exec(text)
    if (found !== null) return { known, summary: known.text(name, found) }
  }
  return {}
}

/** The API server or what it asks did not answer: KServe tries again. */
const UNANSWERED =
  /request did not complete|deadline exceeded|i\/o timeout|connection (?:refused|reset)|etcdserver|too many requests|failed calling webhook|EOF/i

function unknownRemedy(text: string): string {
  return UNANSWERED.test(text)
    ? `wait: KServe tries again; if it goes on, look at what did not answer, and at KServe's own log: ${CONTROLLER_LOG}`
    : `correct what the message names; KServe's own log says more: ${CONTROLLER_LOG}`
}

interface Complaint {
  text: string
  evidence: string
  /** Surely about what stands there now. */
  isCertain: boolean
  /** Since when. */
  begun: string | undefined
}

function eventComplaint(inquiry: Inquiry): Complaint | undefined {
  const last = inquiry.related
    .eventsOf(inquiry.object)
    .findLast(
      event => (isComplaint(event) || event.reason === RECOVERY) && isRecent(event, inquiry),
    )
  if (last === undefined || last.reason === RECOVERY) return undefined
  const text = `${last.reason}: ${eventText(last)}`
  const begun = last.firstTimestamp ?? eventTime(last)
  return { text, evidence: `event ${cleaned(text, 500)}`, isCertain: true, begun }
}

function isComplaint(event: KubeEvent): boolean {
  return event.type === 'Warning' && event.reason !== SYMPTOM && !PASSING.test(eventText(event))
}

/** An event of the second of our write may be about the spec before, unless that write made the object; it comes again. */
function isRecent(event: KubeEvent, { object, since }: Inquiry): boolean {
  if (since === undefined || isNew(object.metadata.creationTimestamp, since)) return true
  return isLater(eventTime(event), since)
}

/** modelStatus says nothing of when it was written, so after an update it may be about the spec before. */
function statusComplaint({ object, since }: Inquiry): Complaint | undefined {
  const { transitionStatus, lastFailureInfo } =
    (object as InferenceService).status?.modelStatus ?? {}
  if (transitionStatus !== 'InvalidSpec') return undefined
  const text = `${lastFailureInfo?.reason ?? transitionStatus}: ${lastFailureInfo?.message ?? ''}`
  const isCertain = since === undefined || object.metadata.generation === 1
  const evidence = `modelStatus ${transitionStatus}: ${cleaned(text)}`
  return { text, evidence, isCertain, begun: since }
}
