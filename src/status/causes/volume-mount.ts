import { containersOf } from '../containers.ts'
import type { Inquiry } from '../inquiry.ts'
import type { KubeEvent, Pod } from '../shapes.ts'
import { eventText, eventTime } from '../view.ts'
import { cleaned } from '../wording.ts'
import { hasHadTime, type PodCause } from './cause.ts'
import { isMissing, missingOutlook, missingRemedy } from './missing-reference.ts'
import { mountRemedy } from './mount-words.ts'

/** The kubelet's own cache is behind; it gets over it. */
const TRANSIENT = /object "[^"]+"\/"[^"]+" not registered|failed to sync \w+ cache/

const REASONS = new Set(['FailedMount', 'FailedAttachVolume', 'FailedMapVolume'])

/**
 * A volume cannot be attached or mounted. The kubelet goes on trying, so it is hopeless only where a Secret or ConfigMap is missing that
 * had the time to come.
 */
export const volumeMount: PodCause = (pod, inquiry) => {
  if (!isCreating(pod)) return undefined
  const events = inquiry.related
    .eventsOf(pod)
    .filter(event => REASONS.has(event.reason ?? '') && !isPassing(event, inquiry))
  const last = events.findLast(event => !SUMMARY.test(eventText(event))) ?? events.at(-1)
  if (last === undefined) return changingOwner(pod, inquiry)
  const text = cleaned(eventText(last))
  const missing = { pod, message: text, begun: last.firstTimestamp ?? eventTime(last) }
  const [, volume = ''] = /for volume "([^"]+)"/.exec(text) ?? []
  return {
    cause: 'volume-mount',
    summary: `volume ${volume === '' ? 'of' : `${volume} of`} pod ${pod.metadata.name} cannot be mounted: ${reasonOf(text)}`,
    evidence: [
      ...new Set(events.slice(-3).map(event => `event: ${cleaned(eventText(event), 500)}`)),
    ],
    remedy:
      missingRemedy(missing, inquiry, 'volumes') ??
      mountRemedy(eventText(last), pod.spec?.nodeName ?? 'of the pod'),
    ...(isMissing(text) && /secret|configmap/i.test(text) && missingOutlook(missing, inquiry)),
  }
}

/** Of the kubelet, which sums up what it has said of each volume: pkg/kubelet/volumemanager/volume_manager.go. */
const SUMMARY = /^Unable to attach or mount volumes|timed out waiting for the condition$/

/** Of the kubelet, where fsGroup is set: pkg/volume/volume_linux.go. */
function changingOwner(pod: Pod, { related }: Inquiry): ReturnType<PodCause> {
  const last = related.eventsOf(pod).at(-1)
  if (last?.reason !== 'VolumePermissionChangeInProgress') return undefined
  const text = cleaned(eventText(last))
  return {
    cause: 'volume-mount',
    summary: `the files of a volume of pod ${pod.metadata.name} are being given to its group: ${text}`,
    evidence: [`event: ${text}`],
    remedy:
      'wait; so that it is not done at each start, set fsGroupChangePolicy: OnRootMismatch (pod.securityContext)',
    outlook: 'waiting',
  }
}

function isPassing(event: KubeEvent, inquiry: Inquiry): boolean {
  const begun = event.firstTimestamp ?? eventTime(event)
  return TRANSIENT.test(eventText(event)) && !hasHadTime(begun, inquiry)
}

/** Volumes are mounted before any container of the pod, init containers included, is made. */
function isCreating(pod: Pod): boolean {
  const containers = containersOf(pod)
  return (
    pod.spec?.nodeName !== undefined &&
    containers.every(({ status }) => {
      const { waiting } = status.state ?? {}
      const reason = waiting?.reason ?? 'ContainerCreating'
      return (
        status.state?.running === undefined &&
        status.state?.terminated === undefined &&
        (reason === 'ContainerCreating' || reason === 'PodInitializing')
      )
    })
  )
}

function reasonOf(text: string): string {
  const [, missing] = /((?:secret|configmap) "[^"]+" not found)/.exec(text) ?? []
  if (missing !== undefined) return missing
  if (/Multi-Attach/.test(text)) return 'another node still has it attached'
  return text
}
