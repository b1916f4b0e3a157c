import { containersOf, containerText, placeText } from '../containers.ts'
import { conditionOf } from '../conditions.ts'
import type { Inquiry } from '../inquiry.ts'
import type { Pod } from '../shapes.ts'
import { eventText, eventTime } from '../view.ts'
import type { Diagnosis } from '../verdict.ts'
import { cleaned } from '../wording.ts'
import type { PodCause } from './cause.ts'
import {
  isMissing,
  missingOutlook,
  missingRemedy,
  type MissingReference,
} from './missing-reference.ts'

/** The kubelet says so while its own cache is behind; it gets over it. */
const TRANSIENT = /failed to sync \w+ cache/

/** The container cannot be configured: a Secret, ConfigMap or key is missing, or its user is not allowed. */
export const configError: PodCause = (pod, inquiry) => {
  const container = containersOf(pod).find(
    ({ status }) => status.state?.waiting?.reason === 'CreateContainerConfigError',
  )
  const message = cleaned(container?.status.state?.waiting?.message)
  if (container === undefined || TRANSIENT.test(message)) return undefined
  const missing = { pod, message, begun: beginOf(pod, message, inquiry) }
  return {
    cause: 'config-error',
    summary: `${containerText(container)} of pod ${pod.metadata.name} cannot be configured: ${message}`,
    evidence: [`${placeText(container)} waiting: CreateContainerConfigError: ${message}`],
    remedy: missingRemedy(missing, inquiry, 'spec.env') ?? remedyFor(message),
    ...outlookOf(missing, inquiry),
  }
}

/** What is missing may come; what is wrong in the pod itself stays so. */
function outlookOf(missing: MissingReference, inquiry: Inquiry): Pick<Diagnosis, 'outlook'> {
  return isMissing(missing.message) ? missingOutlook(missing, inquiry) : { outlook: 'hopeless' }
}

/** The kubelet writes no time beside the reason: its event has one, else it is since the pod has its node. */
function beginOf(pod: Pod, message: string, inquiry: Inquiry): string | undefined {
  const event = inquiry.related
    .eventsOf(pod)
    .find(each => cleaned(eventText(each)).includes(message))
  const scheduled = conditionOf(pod, 'PodScheduled')?.lastTransitionTime
  return event?.firstTimestamp ?? (event && eventTime(event)) ?? scheduled
}

function remedyFor(message: string): string {
  if (/runAsNonRoot/.test(message))
    return 'use an image with a numeric user other than root, or set podSecurity: false'
  if (/subPath/.test(message))
    return 'correct the subPath of the volumeMount that is named (volumes): it leads out of the volume, or the volume is read-only and has no such folder'
  return 'correct what the message names'
}
