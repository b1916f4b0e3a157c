import { PERSISTENT_VOLUME_CLAIM, STORAGE_CLASS } from '../../kinds/index.ts'
import { at, type KubeObject } from '../../object/index.ts'
import { conditionOf } from '../conditions.ts'
import type { Inquiry } from '../inquiry.ts'
import type { Pod, VolumeClaim } from '../shapes.ts'
import { claimsOf } from '../tree.ts'
import type { Diagnosis } from '../verdict.ts'
import { eventText } from '../view.ts'
import { cleaned } from '../wording.ts'
import { hasHadTime, type PodCause } from './cause.ts'
import { schedulerMessage, schedulerText } from './scheduling.ts'

/** A PersistentVolumeClaim of the pod is not bound or does not exist. */
export const volumeClaim: PodCause = (pod, inquiry) => {
  if (pod.spec?.nodeName !== undefined) return undefined
  const message = schedulerMessage(pod) ?? ''
  const missing = /persistentvolumeclaim "([^"]+)" not found/.exec(message)?.[1]
  if (missing !== undefined) return missingClaim({ pod, claim: missing, message }, inquiry)
  const unmade = UNMADE.exec(message)?.[1]
  if (unmade !== undefined) return unmadeClaim({ pod, claim: unmade, message }, inquiry)
  const claim = unboundClaim(pod, inquiry)
  if (claim === undefined || !OF_CLAIM.test(message)) return undefined
  const noClass = missingClass(claim, inquiry)
  const isHopeless = noClass !== undefined && hasHadTime(claim.metadata.creationTimestamp, inquiry)
  const why = claimTrouble(claim, inquiry) ?? noClass
  return {
    cause: 'volume-claim',
    summary: `PersistentVolumeClaim ${claim.metadata.name} of pod ${pod.metadata.name} is not bound${why === undefined ? '' : `: ${why}`}`,
    evidence: [`pod ${pod.metadata.name}: ${schedulerText(message)}`],
    remedy: unboundRemedy(noClass, why, provisionerOf(claim, inquiry)),
    ...(isHopeless && { outlook: 'hopeless' as const }),
  }
}

/** Of the scheduler: pkg/scheduler/framework/plugins/volumebinding. */
const OF_CLAIM =
  /PersistentVolumeClaim|available persistent volumes to bind|did not have enough free storage/i

/** Of the provisioners of clouds, which say it with the words of their APIs. */
const NO_RIGHTS =
  /UnauthorizedOperation|AccessDenied|[Nn]ot authorized|PermissionDenied|AuthorizationFailed|\b403\b|required '[\w.]+' permission/

/** Who makes the volumes of its StorageClass, where that may be read. */
function provisionerOf({ spec }: VolumeClaim, { related }: Inquiry): string | undefined {
  const found = related
    .ofKind(STORAGE_CLASS)
    .find(({ metadata }) => metadata.name === spec?.storageClassName)
  const provisioner = at(found, 'provisioner')
  return typeof provisioner === 'string' && !provisioner.endsWith('/no-provisioner')
    ? provisioner
    : undefined
}

function unboundRemedy(noClass: string | undefined, why = '', provisioner?: string): string {
  if (noClass !== undefined)
    return `create the StorageClass, or recreate the claim with an existing one (kubectl get storageclass): its storageClassName cannot be changed`
  if (NO_RIGHTS.test(why))
    return "give the role that the storage driver's controller runs with the rights that the message names"
  if (/no storage class is set/.test(why))
    return 'name a StorageClass in the claim (storageClassName; kubectl get storageclass), mark one of them as the default, or make a volume that fits'
  if (provisioner !== undefined)
    return `check that its provisioner runs: ${provisioner}, which makes the volumes of its StorageClass, has to be installed (kubectl get csidrivers, and its pods); or make a volume that fits`
  return 'check the storage class of the claim and that its provisioner runs, or make a volume that fits'
}

/** Of the scheduler, about a volume whose claim is made for the pod: pkg/scheduler/framework/plugins/volumebinding. */
const UNMADE =
  /waiting for ephemeral volume controller to create the persistentvolumeclaim "([^"]+)"/

interface Unmade {
  pod: Pod
  claim: string
  message: string
}

/** It is made within a second, or an event says why not (a quota, an invalid template). */
function unmadeClaim({ pod, claim, message }: Unmade, { related }: Inquiry): Diagnosis {
  const { name } = pod.metadata
  const event = related.eventsOf(pod).findLast(({ reason }) => reason === 'FailedBinding')
  const why = event && cleaned(eventText(event))
  return {
    cause: 'volume-claim',
    summary:
      why === undefined
        ? `pod ${name} waits for the claim ${claim} of an ephemeral volume to be made`
        : `the claim ${claim} of an ephemeral volume cannot be made for pod ${name}: ${why}`,
    evidence: [`pod ${name}: ${schedulerText(message)}`, ...(why ? [`event: ${why}`] : [])],
    remedy:
      'correct the volumeClaimTemplate of the volume (spec.pod.volumes), or what the message names',
    ...(why === undefined && { outlook: 'waiting' as const }),
  }
}

/** Known by the controller's own words, and where storage classes can be seen. A claim may also be bound by hand to a volume of a class that is only a name. */
function missingClass(claim: VolumeClaim, inquiry: Inquiry): string | undefined {
  const name = claim.spec?.storageClassName
  const classes = inquiry.related.ofKind(STORAGE_CLASS)
  if (!name) return undefined
  const isSaid = /storageclass\.storage\.k8s\.io "[^"]+" not found/.test(
    claimTrouble(claim, inquiry) ?? '',
  )
  const isUnseen = classes.length > 0 && classes.every(({ metadata }) => metadata.name !== name)
  return isSaid || isUnseen ? `there is no StorageClass ${name}` : undefined
}

/** The last that the volume controller or a provisioner complained about. */
export function claimTrouble(claim: KubeObject, { related }: Inquiry): string | undefined {
  const events = related.eventsOf(claim)
  const last =
    events.findLast(
      ({ reason }) => reason === 'ProvisioningFailed' || reason === 'FailedBinding',
    ) ?? events.findLast(({ reason }) => reason === 'ExternalProvisioning')
  return last && cleaned(eventText(last))
}

/** Who brings a claim may do so after the pod, as with what else a pod refers to. */
function missingClaim({ pod, claim, message }: Unmade, inquiry: Inquiry): Diagnosis {
  const begun = conditionOf(pod, 'PodScheduled')?.lastTransitionTime
  return {
    cause: 'volume-claim',
    summary: `PersistentVolumeClaim ${claim} of pod ${pod.metadata.name} does not exist`,
    evidence: [`pod ${pod.metadata.name}: ${schedulerText(message)}`],
    remedy: 'create the claim in the namespace, or correct its name in volumes',
    ...(hasHadTime(begun, inquiry) && { outlook: 'hopeless' as const }),
  }
}

function unboundClaim(pod: Pod, { related }: Inquiry): KubeObject | undefined {
  const names = claimsOf(pod)
  return related
    .ofKind(PERSISTENT_VOLUME_CLAIM)
    .find(
      ({ metadata, status }: VolumeClaim) =>
        metadata.namespace === pod.metadata.namespace &&
        names.includes(metadata.name) &&
        status?.phase !== 'Bound',
    )
}
