import { containersOf } from '../containers.ts'
import type { Inquiry } from '../inquiry.ts'
import type { KubeEvent, Pod } from '../shapes.ts'
import { eventText, eventTime } from '../view.ts'
import { cleaned } from '../wording.ts'
import { hasHadTime } from './cause.ts'
import type { PodCause } from './cause.ts'

/** The kubelet's own cache is behind; it gets over it. */
const TRANSIENT = /object "[^"]+"\/"[^"]+" not registered|failed to sync \w+ cache/

const REASONS = new Set(['FailedMount', 'FailedAttachVolume', 'FailedMapVolume'])

/** A volume cannot be attached or mounted. The kubelet goes on trying, so it is never hopeless. */
export const volumeMount: PodCause = (pod, inquiry) => {
  if (!isCreating(pod)) return undefined
  const events = inquiry.related
    .eventsOf(pod)
    .filter(event => REASONS.has(event.reason ?? '') && !isPassing(event, inquiry))
  const last = events.at(-1)
  if (last === undefined) return undefined
  const text = cleaned(eventText(last))
  const [, volume = ''] = /for volume "([^"]+)"/.exec(text) ?? []
  return {
    cause: 'volume-mount',
    summary: `volume ${volume === '' ? 'of' : `${volume} of`} pod ${pod.metadata.name} cannot be mounted: ${reasonOf(text)}`,
    evidence: [...new Set(events.slice(-3).map(event => `event: ${cleaned(eventText(event))}`))],
    remedy: remedyFor(eventText(last), pod.spec?.nodeName ?? 'of the pod'),
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

/** Words of the kubelet and of mount(8), nfs(5); the more exact first. */
const WORDS: [pattern: RegExp, remedy: (node: string) => string][] = [
  [
    /Multi-Attach/,
    () =>
      'wait for the pod on the other node to end, use rollout: {strategy: Recreate}, or a ReadWriteMany volume',
  ],
  [
    /hostPath type check failed/,
    node =>
      `make the path on the node ${node}, or choose nodes that have it (scheduling.nodeSelector)`,
  ],
  [
    /no space left on device/i,
    node =>
      `free the disk of node ${node}, or choose nodes with more room (scheduling.nodeSelector)`,
  ],
  [
    /helper program|unknown filesystem type|executable file not found/,
    node =>
      `install what mounts this kind of volume on node ${node} (for NFS the NFS client), or choose nodes that have it`,
  ],
  [
    /access denied by server/,
    node =>
      `let the file server export the path to node ${node} (its export list), or correct the path of the volume`,
  ],
  [
    /driver name \S+ not found in the list of registered CSI drivers/,
    node =>
      `look at the storage driver on node ${node}: its pod does not run there, or has not registered`,
  ],
  [/secret "/, () => 'create the Secret in the namespace, or correct its name in volumes'],
  [/configmap "/, () => 'create the ConfigMap in the namespace, or correct its name in volumes'],
]

function remedyFor(text: string, node: string): string {
  const known = WORDS.find(([pattern]) => pattern.test(text))
  return known?.[1](node) ?? `look at the volume, its claim and the storage driver on node ${node}`
}
