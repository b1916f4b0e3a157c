import type { InferenceService, KubeEvent } from '../shapes.ts'
import type { Inquiry } from '../inquiry.ts'
import { between } from '../times.ts'
import { eventText, eventTime } from '../view.ts'
import { cleaned } from '../wording.ts'
import type { Cause } from './cause.ts'
import { KSERVE_ERRORS } from './kserve-errors.ts'

/** Says that something is not ready, not why. */
const SYMPTOMS = new Set(['InferenceServiceNotReady', 'InferenceServiceReady'])

/** The KServe controller cannot make what the InferenceService asks for: only an event says why, and no condition. */
export const kserveReconcile: Cause = inquiry => {
  if (inquiry.object.kind !== 'InferenceService') return undefined
  const { name } = inquiry.object.metadata
  const complaint = eventComplaint(inquiry) ?? statusComplaint(inquiry)
  if (complaint === undefined) return undefined
  const known = KSERVE_ERRORS.find(({ pattern }) => pattern.test(complaint.text))
  return {
    cause: 'kserve-reconcile',
    summary: known
      ? `KServe cannot make the predictor: ${known.summary(name)}`
      : `KServe cannot make the predictor of ${name}: ${cleaned(complaint.text)}`,
    evidence: [complaint.evidence],
    remedy: known?.remedy ?? 'correct what the message names',
    ...(known && complaint.isCertain && { outlook: 'hopeless' as const }),
  }
}

interface Complaint {
  text: string
  evidence: string
  /** Surely about what stands there now. */
  isCertain: boolean
}

function eventComplaint({ object, related, since }: Inquiry): Complaint | undefined {
  const last = related
    .eventsOf(object)
    .findLast(
      event =>
        event.type === 'Warning' && !SYMPTOMS.has(event.reason ?? '') && isAfter(event, since),
    )
  if (last === undefined) return undefined
  const text = `${last.reason}: ${eventText(last)}`
  return { text, evidence: `event ${cleaned(text, 500)}`, isCertain: true }
}

/** Stricter than for conditions: an event of the second of our write may belong to the spec before; it comes again. */
function isAfter(event: KubeEvent, since: string | undefined): boolean {
  return since === undefined || (between(since, eventTime(event)) ?? -1) >= 0
}

/** modelStatus says nothing of when it was written, so after an update it may be about the spec before. */
function statusComplaint({ object, since }: Inquiry): Complaint | undefined {
  const { transitionStatus, lastFailureInfo } =
    (object as InferenceService).status?.modelStatus ?? {}
  if (transitionStatus !== 'InvalidSpec') return undefined
  const text = `${lastFailureInfo?.reason ?? transitionStatus}: ${lastFailureInfo?.message ?? ''}`
  const isCertain = since === undefined || object.metadata.generation === 1
  return { text, evidence: `modelStatus ${transitionStatus}: ${cleaned(text)}`, isCertain }
}
