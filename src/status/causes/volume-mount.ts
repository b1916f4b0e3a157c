import { containersOf } from '../containers.ts'
import type { Pod } from '../shapes.ts'
import { eventText } from '../view.ts'
import { cleaned } from '../wording.ts'
import type { PodCause } from './cause.ts'

const REASONS = new Set(['FailedMount', 'FailedAttachVolume', 'FailedMapVolume'])

/** A volume cannot be attached or mounted. The kubelet goes on trying, so it is never hopeless. */
export const volumeMount: PodCause = (pod, { related }) => {
  if (!isCreating(pod)) return undefined
  const events = related.eventsOf(pod).filter(({ reason = '' }) => REASONS.has(reason))
  const last = events.at(-1)
  if (last === undefined) return undefined
  const text = cleaned(eventText(last))
  const [, volume = ''] = /for volume "([^"]+)"/.exec(text) ?? []
  return {
    cause: 'volume-mount',
    summary: `volume ${volume === '' ? 'of' : `${volume} of`} pod ${pod.metadata.name} cannot be mounted: ${reasonOf(text)}`,
    evidence: [...new Set(events.slice(-3).map(event => `event: ${cleaned(eventText(event))}`))],
    remedy: remedyFor(text),
  }
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

function remedyFor(text: string): string {
  if (/secret "/.test(text))
    return 'create the Secret in the namespace, or correct its name in volumes'
  if (/configmap "/.test(text))
    return 'create the ConfigMap in the namespace, or correct its name in volumes'
  if (/Multi-Attach/.test(text))
    return 'wait for the pod on the other node to end, use rollout: {strategy: Recreate}, or a ReadWriteMany volume'
  return 'look at the volume, its claim and the storage driver on the node'
}
