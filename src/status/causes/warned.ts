import { formatRef, refOf, type KubeObject } from '../../object/index.ts'
import { isActive, isReady } from '../containers.ts'
import type { Inquiry } from '../inquiry.ts'
import type { KubeEvent } from '../shapes.ts'
import { isLater } from '../times.ts'
import { newestPods, podMakers } from '../tree.ts'
import { eventCount, eventText, eventTime } from '../view.ts'
import { cleaned } from '../wording.ts'
import { hasHadTime, type Cause } from './cause.ts'
import { controllerRemedy } from './controller-words.ts'
import { PASSING } from './kserve-reconcile.ts'

/** What is told of in another way, or follows from what is. */
const SYMPTOMS = new Set([
  'BackOff',
  'Unhealthy',
  'InferenceServiceNotReady',
  'FailedToRetrieveImagePullSecret',
])

/** Where nothing else is known: the last warning about the object, or what was made of it, that has been there for a while. */
export const warned: Cause = inquiry => {
  const { object, related } = inquiry
  const pods = newestPods(object, related).filter(pod => isActive(pod) && !isReady(pod))
  const all = [...pods, ...podMakers(object, related), object]
  for (const each of new Set(all)) {
    const text = warningAbout(each, inquiry)
    if (text !== undefined) return diagnosisOf(each, text)
  }
  return undefined
}

function diagnosisOf(object: KubeObject, text: string) {
  const { kind, metadata } = object
  const { namespace = 'default', name } = metadata
  const known = controllerRemedy(text) ?? 'look at what the message names'
  return {
    cause: 'warned',
    summary: `${formatRef(refOf(object))}: ${text}`,
    evidence: [`event about ${kind} ${name}: ${text}`],
    remedy: `${known}: kubectl -n ${namespace} describe ${kind.toLowerCase()} ${name}`,
  }
}

/** `CreateFailed: cannot create volume`: a warning that is the last that was said of one object, since the write and often or long enough. */
export function warningAbout(object: KubeObject, inquiry: Inquiry): string | undefined {
  const last = inquiry.related.eventsOf(object).findLast(({ reason = '' }) => !SYMPTOMS.has(reason))
  if (last?.type !== 'Warning' || isPassing(last)) return undefined
  const isNew = inquiry.since === undefined || isLater(eventTime(last), inquiry.since)
  const begun = last.firstTimestamp ?? eventTime(last)
  if (!isNew || !(hasHadTime(begun, inquiry) || eventCount(last) > MANY)) return undefined
  return [last.reason, cleaned(eventText(last), 500)].filter(Boolean).join(': ')
}

const MANY = 3

/** Two writers that met, and what is no trouble, however it is marked. */
function isPassing(event: KubeEvent): boolean {
  return (
    PASSING.test(eventText(event)) ||
    /^(?:Pull(?:ing|ed)|Scheduled|Created|Started)$/.test(event.reason ?? '')
  )
}
