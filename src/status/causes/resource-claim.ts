import { conditionOf } from '../conditions.ts'
import type { Inquiry } from '../inquiry.ts'
import type { Pod } from '../shapes.ts'
import type { Diagnosis } from '../verdict.ts'
import { eventText, eventTime } from '../view.ts'
import { cleaned } from '../wording.ts'
import { listOf } from '../../words/index.ts'
import { hasHadTime, waitedSeconds, type PodCause } from './cause.ts'
import { schedulerMessage, schedulerText } from './scheduling.ts'

/** The scheduler looks at a pod within a second, unless it waits for a claim: it then says nothing at all. */
const SILENT_SECONDS = 10

/** Devices that the pod claims (dynamic resource allocation): the claim, its template or its class is missing, or no device is free. */
export const resourceClaim: PodCause = (pod, inquiry) => {
  if (claimsIn(pod).length === 0) return undefined
  if (pod.spec?.nodeName !== undefined) return notPrepared(pod, inquiry)
  return notMade(pod, inquiry) ?? ofScheduler(pod, inquiry) ?? silent(pod, inquiry)
}

interface PodClaim {
  name: string
  resourceClaimName?: string
  resourceClaimTemplateName?: string
}

function claimsIn({ spec }: Pod): PodClaim[] {
  return (spec?.['resourceClaims'] ?? []) as PodClaim[]
}

/** Of the kubelet, whose driver makes the devices of a claim ready: pkg/kubelet/kuberuntime/kuberuntime_manager.go. */
function notPrepared(pod: Pod, { related }: Inquiry): Diagnosis | undefined {
  const last = related.eventsOf(pod).at(-1)
  if (last?.reason !== 'FailedPrepareDynamicResources') return undefined
  const text = cleaned(eventText(last))
  return {
    cause: 'resource-claim',
    summary: `node ${pod.spec?.nodeName} cannot make the devices of pod ${pod.metadata.name} ready: ${text}`,
    evidence: [`event: ${text}`],
    remedy: `look at the driver of the devices on node ${pod.spec?.nodeName} (kubectl get resourceslices says which it is), and at the configuration in the claim`,
  }
}

/** Of the claim controller, pkg/controller/resourceclaim/controller.go. */
function notMade(pod: Pod, inquiry: Inquiry): Diagnosis | undefined {
  const event = inquiry.related
    .eventsOf(pod)
    .findLast(({ reason }) => reason === 'FailedResourceClaimCreation')
  if (event === undefined || schedulerMessage(pod) !== undefined) return undefined
  const text = cleaned(eventText(event))
  const [, template] = /resource claim template "([^"]+)".{0,200}not found/.exec(text) ?? []
  const begun = event.firstTimestamp ?? eventTime(event)
  return {
    cause: 'resource-claim',
    summary:
      template === undefined
        ? `no ResourceClaim can be made for pod ${pod.metadata.name}: ${text}`
        : `there is no ResourceClaimTemplate ${template}, which pod ${pod.metadata.name} takes its devices from`,
    evidence: [`event: ${text}`],
    remedy:
      template === undefined
        ? 'correct what the message names'
        : `create the ResourceClaimTemplate ${template} in the namespace, or correct its name in spec.pod.resourceClaims`,
    ...(hasHadTime(begun, inquiry) && { outlook: 'hopeless' as const }),
  }
}

/** Of the scheduler, pkg/scheduler/framework/plugins/dynamicresources. */
function ofScheduler(pod: Pod, inquiry: Inquiry): Diagnosis | undefined {
  const message = schedulerMessage(pod)
  if (message === undefined) return undefined
  const evidence = [`pod ${pod.metadata.name}: ${schedulerText(message)}`]
  const names = listOf(claimsIn(pod).map(({ name }) => name))
  const [, name] = /device class (\S+) does not exist/.exec(message) ?? []
  if (name !== undefined)
    return {
      cause: 'resource-claim',
      summary: `there is no DeviceClass ${name}, of which pod ${pod.metadata.name} claims devices`,
      evidence,
      remedy: `install the driver that brings the DeviceClass ${name} (kubectl get deviceclasses), or correct its name in the claim or its template`,
      ...(hasHadTime(conditionOf(pod, 'PodScheduled')?.lastTransitionTime, inquiry) && {
        outlook: 'hopeless' as const,
      }),
    }
  if (!/cannot allocate all claims|resourceclaim not available on the node/.test(message))
    return undefined
  return {
    cause: 'resource-claim',
    summary: `pod ${pod.metadata.name} waits for a node with devices for its claim ${names}`,
    evidence,
    remedy:
      'free devices or add nodes that have them (kubectl get resourceslices), or change the claim to ask for fewer or for others',
  }
}

function silent(pod: Pod, inquiry: Inquiry): Diagnosis | undefined {
  const names = claimsIn(pod).flatMap(({ resourceClaimName }) => resourceClaimName ?? [])
  const waited = waitedSeconds(pod.metadata.creationTimestamp, inquiry)
  const isLookedAt = conditionOf(pod, 'PodScheduled') !== undefined
  if (names.length === 0 || isLookedAt || waited < SILENT_SECONDS) return undefined
  return {
    cause: 'resource-claim',
    summary: `the scheduler has not looked at pod ${pod.metadata.name}: its ResourceClaim ${listOf(names)} may not be there`,
    evidence: [`pod ${pod.metadata.name} has no condition PodScheduled`],
    remedy: `create the ResourceClaim in the namespace (kubectl get resourceclaim ${names.join(' ')}), or correct its name in spec.pod.resourceClaims`,
  }
}
