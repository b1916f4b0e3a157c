import type { Inquiry } from '../inquiry.ts'
import type { Pod, Workload } from '../shapes.ts'
import { claimsOf, deploymentsOf, newestPods, podsOf } from '../tree.ts'
import { eventText } from '../view.ts'
import { cleaned } from '../wording.ts'
import { listOf } from '../../words/index.ts'
import { waitedSeconds, type PodCause } from './cause.ts'
import { schedulerMessage, schedulerText } from './scheduling.ts'

/** Of the attach controller, and of the scheduler. */
const HELD =
  /Multi-Attach error|ReadWriteOncePod access mode already in-use|volume is already (?:used|exclusively attached)/i

/** A pod that is asked to end gives its volume back within its grace period; a rollout asks within seconds. */
const PATIENCE_SECONDS = 20

/** The new pod waits for a volume that a pod of the revision before holds, and the rolling update keeps that one until the new one serves. */
export const volumeHeld: PodCause = (pod, inquiry) => {
  const words = heldWords(pod, inquiry)
  if (words === undefined) return undefined
  const { claim, holders } = holdersOf(pod, inquiry)
  if (claim === undefined) return undefined
  const names = listOf(holders.map(({ metadata }) => metadata.name))
  return {
    cause: 'volume-held',
    summary: `pod ${pod.metadata.name} waits for PersistentVolumeClaim ${claim}, which pod ${names} of the revision before holds, and the rolling update keeps that pod until the new one is ready`,
    evidence: [words],
    remedy:
      'set rollout: {strategy: Recreate}, so that the old pod goes first, or use a volume of access mode ReadWriteMany',
    ...(isKept(pod, inquiry) && { outlook: 'hopeless' as const }),
  }
}

function heldWords(pod: Pod, { related }: Inquiry): string | undefined {
  const scheduled = schedulerMessage(pod)
  if (scheduled !== undefined)
    return HELD.test(scheduled)
      ? `pod ${pod.metadata.name}: ${schedulerText(scheduled)}`
      : undefined
  const last = related.eventsOf(pod).findLast(({ reason }) => reason === 'FailedAttachVolume')
  const text = last && eventText(last)
  return text !== undefined && HELD.test(text) ? `event: ${cleaned(text)}` : undefined
}

/** Pods of the same object's earlier revisions that have a claim of the new pod on a node and are not on their way out. */
function holdersOf(pod: Pod, { object, related }: Inquiry): { claim?: string; holders: Pod[] } {
  const newest = new Set(newestPods(object, related))
  const old = podsOf(object, related).filter(
    (each: Pod) =>
      !newest.has(each) &&
      each.metadata.deletionTimestamp === undefined &&
      each.spec?.nodeName !== undefined,
  )
  for (const claim of claimsOf(pod)) {
    const holders = old.filter(each => claimsOf(each).includes(claim))
    if (holders.length > 0) return { claim, holders }
  }
  return { holders: [] }
}

/** No old pod may go before a new one serves. */
function isKept(pod: Pod, inquiry: Inquiry): boolean {
  const deployments = deploymentsOf(inquiry.object, inquiry.related)
  const waited = waitedSeconds(pod.metadata.creationTimestamp, inquiry)
  return waited >= PATIENCE_SECONDS && deployments.some(each => !mayLose(each))
}

/** https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable: percentages are rounded down; 25% unless said. */
function mayLose({ spec, status }: Workload): boolean {
  const { strategy = {}, replicas = 1 } = (spec ?? {}) as Rollout
  if (strategy.type === 'Recreate') return true
  const { maxUnavailable = '25%', maxSurge = '25%' } = strategy.rollingUpdate ?? {}
  const count = countOf(maxUnavailable, replicas, Math.floor)
  // Both may not be zero: then one may be unavailable.
  const most = count === 0 && countOf(maxSurge, replicas, Math.ceil) === 0 ? 1 : count
  return (status?.availableReplicas ?? 0) > replicas - most
}

interface Rollout {
  replicas?: number
  strategy?: {
    type?: string
    rollingUpdate?: { maxUnavailable?: number | string; maxSurge?: number | string }
  }
}

function countOf(
  value: number | string,
  replicas: number,
  round: (amount: number) => number,
): number {
  if (typeof value === 'number') return value
  const part = Number.parseFloat(value)
  return value.endsWith('%') ? round((part / 100) * replicas) : part
}
