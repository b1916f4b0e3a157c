import { PROVIDERS, providedBy } from '../../kinds/index.ts'
import { containersOf, containerText, placeText } from '../containers.ts'
import { conditionOf } from '../conditions.ts'
import type { Inquiry } from '../inquiry.ts'
import type { Pod } from '../shapes.ts'
import { eventText, eventTime } from '../view.ts'
import type { Diagnosis } from '../verdict.ts'
import type { View } from '../view.ts'
import { cleaned } from '../wording.ts'
import { hasHadTime } from './cause.ts'
import type { PodCause } from './cause.ts'

/** The kubelet says so while its own cache is behind; it gets over it. */
const TRANSIENT = /failed to sync \w+ cache/

const MISSING = /not found|couldn't find key|references non-existent/

/** The container cannot be configured: a Secret, ConfigMap or key is missing, or its user is not allowed. */
export const configError: PodCause = (pod, inquiry) => {
  const container = containersOf(pod).find(
    ({ status }) => status.state?.waiting?.reason === 'CreateContainerConfigError',
  )
  const message = cleaned(container?.status.state?.waiting?.message)
  if (container === undefined || TRANSIENT.test(message)) return undefined
  const maker = makerOf(message, pod, inquiry.related)
  return {
    cause: 'config-error',
    summary: `${containerText(container)} of pod ${pod.metadata.name} cannot be configured: ${message}`,
    evidence: [`${placeText(container)} waiting: CreateContainerConfigError: ${message}`],
    remedy: maker === undefined ? remedyFor(message) : `wait until ${maker} has made it`,
    ...outlookOf({ pod, message, inquiry }, maker),
  }
}

/** What is about to make the Secret that the kubelet misses: `ExternalSecret chat-token`. */
function makerOf(message: string, { metadata }: Pod, related: View): string | undefined {
  const [, kind = '', name] = /(secret|configmap) "([^"]+)" not found/.exec(message) ?? []
  const maker = PROVIDERS.flatMap(provider => related.ofKind(provider)).find(
    object =>
      object.metadata.namespace === metadata.namespace &&
      providedBy(object).some(made => made.kind.toLowerCase() === kind && made.name === name),
  )
  return maker && `${maker.kind} ${maker.metadata.name}`
}

interface Trouble {
  pod: Pod
  message: string
  inquiry: Inquiry
}

function outlookOf(trouble: Trouble, maker: string | undefined): Pick<Diagnosis, 'outlook'> {
  if (maker !== undefined) return { outlook: 'waiting' }
  return isSettled(trouble) ? { outlook: 'hopeless' } : {}
}

/** What is wrong in the pod itself stays so. */
function isSettled({ pod, message, inquiry }: Trouble): boolean {
  if (!MISSING.test(message)) return true
  return hasHadTime(beginOf({ pod, message, inquiry }), inquiry)
}

/** The kubelet writes no time beside the reason: its event has one, else it is since the pod has its node. */
function beginOf({ pod, message, inquiry }: Trouble): string | undefined {
  const event = inquiry.related
    .eventsOf(pod)
    .find(each => cleaned(eventText(each)).includes(message))
  const scheduled = conditionOf(pod, 'PodScheduled')?.lastTransitionTime
  return event?.firstTimestamp ?? (event && eventTime(event)) ?? scheduled
}

function remedyFor(message: string): string {
  if (/runAsNonRoot/.test(message))
    return 'use an image with a numeric user other than root, or set podSecurity: false'
  if (/key/.test(message)) return 'add the key to that object, or correct it in spec.env'
  if (/secret/i.test(message))
    return 'create the Secret in the namespace, or correct its name in spec.env'
  if (/configmap/i.test(message))
    return 'create the ConfigMap in the namespace, or correct its name in spec.env'
  return 'correct what the message names'
}
