import type { Inquiry } from '../inquiry.ts'
import { newestPods, podsOf } from '../tree.ts'
import type { Pod } from '../shapes.ts'
import type { Diagnosis } from '../verdict.ts'
import { plural } from '../wording.ts'
import type { PodCause } from './cause.ts'
import { autoscalingOf, isGpu, schedulerMessage, schedulerText, shortageOf } from './scheduling.ts'
import type { Autoscaling, Shortage } from './scheduling.ts'

/**
 * The scheduler finds no node. Never hopeless: a pod that ends, here or in another endpoint, makes room, and GPU
 * nodes take minutes to come.
 */
export const unschedulable: PodCause = (pod, inquiry) => {
  const message = schedulerMessage(pod)
  if (message === undefined) return undefined
  const shortage = shortageOf(message)
  const autoscaling = autoscalingOf(pod, inquiry)
  const holders = shortage.resources.some(isGpu) ? gpuHolders(inquiry) : []
  return {
    cause: 'unschedulable',
    summary: `pod ${pod.metadata.name} waits for ${shortage.wanted}${supplement(autoscaling, holders)}`,
    evidence: [
      `pod ${pod.metadata.name}: ${schedulerText(message)}`,
      ...(autoscaling ? [`autoscaler: ${autoscaling.text}`] : []),
      ...holders.map(
        ({ metadata }) => `pod ${metadata.name} of the revision before still holds its GPUs`,
      ),
    ],
    remedy: remedyFor(shortage, autoscaling, holders),
    ...outlookOf(autoscaling, holders),
  }
}

function supplement(autoscaling: Autoscaling | undefined, holders: Pod[]): string {
  if (autoscaling?.state === 'coming') return ', and the autoscaler is bringing one'
  if (holders.length > 0)
    return `: ${plural(holders.length, 'pod')} of the revision before ${holders.length === 1 ? 'holds' : 'hold'} GPUs`
  if (autoscaling?.state === 'refused') return ', and the autoscaler has none that would fit'
  return ''
}

function remedyFor(
  shortage: Shortage,
  autoscaling: Autoscaling | undefined,
  holders: Pod[],
): string {
  if (autoscaling?.state === 'coming') return 'wait: a node is being started'
  if (holders.length > 0)
    return `say rollout: {spareGpu: false}, so that old pods go before new ones come, or ${shortage.remedy}`
  return shortage.remedy
}

function outlookOf(
  autoscaling: Autoscaling | undefined,
  holders: Pod[],
): Pick<Diagnosis, 'outlook'> {
  if (autoscaling?.state === 'coming') return { outlook: 'waiting' }
  const isUnlikely = autoscaling?.state === 'refused' && holders.length === 0
  return isUnlikely ? { outlook: 'unlikely' } : {}
}

/** Older pods of the same object that have GPUs on a node: in a rolling update without a spare GPU both wait for ever. */
function gpuHolders({ object, related }: Inquiry): Pod[] {
  const newest = new Set(newestPods(object, related))
  return podsOf(object, related).filter(
    pod => !newest.has(pod) && pod.spec?.nodeName !== undefined && asksGpus(pod),
  )
}

function asksGpus(pod: Pod): boolean {
  return (pod.spec?.containers ?? []).some(({ resources }) =>
    Object.keys({ ...resources?.limits, ...resources?.requests }).some(isGpu),
  )
}
