import { POD, isGpu } from '../../kinds/index.ts'
import { at } from '../../object/index.ts'
import { listOf, plural } from '../../words/index.ts'
import { conditionOf } from '../conditions.ts'
import type { Inquiry } from '../inquiry.ts'
import type { Pod } from '../shapes.ts'
import { between } from '../times.ts'
import { newestPods, podsOf } from '../tree.ts'
import type { Diagnosis } from '../verdict.ts'
import { autoscalingOf, hasRefused, refusalText, type Autoscaling } from './autoscaling.ts'
import { carriersOf, unoffered, type Carrier, type Unoffered } from './carriers.ts'
import type { PodCause } from './cause.ts'
import { controllerRemedy } from './controller-words.ts'
import { schedulerMessage, schedulerText, shortageOf, type Shortage } from './scheduling.ts'

/**
 * The scheduler finds no node. A pod that ends, here or in another endpoint, makes room, and GPU nodes take minutes to
 * come: hopeless only when an autoscaler has none that fits, and goes on saying so while nothing is on its way out.
 */
export const unschedulable: PodCause = (pod, inquiry) => {
  const message = schedulerMessage(pod)
  if (message === undefined) return unseen(pod, inquiry)
  const carriers = carriersOf(pod, inquiry) ?? []
  const missing = shortageOf(message, pod)
  const none = missing.resources.some(isGpu) ? unoffered(pod, inquiry) : undefined
  const shortage = none === undefined ? named(missing, carriers) : ofNoNode(missing, none)
  const outside = {
    carriers,
    missing: none && missingText(none),
    preempted: preemptedPods(inquiry),
    autoscaling: autoscalingOf(pod, inquiry),
    holders: shortage.resources.some(isGpu) ? gpuHolders(inquiry) : [],
  }
  return {
    cause: 'unschedulable',
    summary: `pod ${pod.metadata.name} waits for ${shortage.wanted}${supplement(outside)}`,
    evidence: [`pod ${pod.metadata.name}: ${schedulerText(message)}`, ...factsOf(outside)],
    remedy: remedyFor(shortage, outside),
    ...outlookOf(outside, inquiry),
  }
}

/** No scheduler has looked at it, not even to say that there is no node: that of its name is not there. */
function unseen(pod: Pod, { now }: Inquiry): Diagnosis | undefined {
  const { metadata, spec, status } = pod
  const scheduler = at(spec, 'schedulerName')
  const age = between(metadata.creationTimestamp, now) ?? 0
  const isSeen = conditionOf(pod, 'PodScheduled') !== undefined || spec?.nodeName !== undefined
  if (isSeen || status?.phase !== 'Pending' || age < UNSEEN_SECONDS * 1000) return undefined
  if (typeof scheduler !== 'string') return undefined
  return {
    cause: 'unschedulable',
    summary: `scheduler ${scheduler} has not processed pod ${metadata.name}`,
    evidence: [`pod ${metadata.name} has no condition PodScheduled`],
    remedy: `check that scheduler ${scheduler} is installed and runs, or leave its name out (schedulerName of spec.pod)`,
  }
}

const UNSEEN_SECONDS = 30

/** An autoscaler may bring such nodes; else the device plugin is not there, or the resource has another name. */
function ofNoNode(shortage: Shortage, { asked, offered }: Unoffered): Shortage {
  const other =
    offered.length === 0
      ? `look at the device plugin (GPU operator) of the GPU nodes, which makes them offer ${listOf(asked)}`
      : `ask for what the nodes offer (resources.gpuResource: ${offered.join(' or ')})`
  return { ...shortage, remedy: `${other}, or add nodes that have it` }
}

function missingText({ asked, offered }: Unoffered): string {
  const instead = offered.length === 0 ? '' : `, they offer ${listOf(offered)}`
  return `no node offers ${listOf(asked)}${instead}`
}

/** Nodes that have the GPUs, and are kept from the pod by something that has a remedy of its own. */
function named(shortage: Shortage, carriers: readonly Carrier[]): Shortage {
  const kept = carriers.filter(({ obstacles }) => obstacles.length > 0)
  if (kept.length === 0) return shortage
  const remedies = kept.flatMap(({ obstacles }) => obstacles.map(({ remedy }) => remedy))
  const isFull = kept.length < carriers.length
  const free = isFull ? ['free GPUs of the other nodes, or add nodes'] : []
  return {
    ...shortage,
    wanted: 'a GPU node',
    remedy: [...new Set(remedies), ...free].slice(0, MOST_NAMED).join('; or '),
  }
}

const MOST_NAMED = 4

function carrierTexts(carriers: readonly Carrier[]): string[] {
  return carriers.map(({ node, obstacles }) =>
    obstacles.length === 0
      ? `${node} has no GPU free`
      : `${node} ${obstacles.map(({ text }) => text).join(' and ')}`,
  )
}

/** What beside the scheduler decides whether a node comes. */
interface Outside {
  carriers: readonly Carrier[]
  /** GPU resources that no node has. */
  missing: string | undefined
  /** Pods of the same object that made room for others of a higher priority. */
  preempted: readonly Pod[]
  autoscaling: Autoscaling | undefined
  /** Pods of the revision before that have GPUs. */
  holders: Pod[]
}

function supplement({ autoscaling, holders, carriers, missing }: Outside): string {
  if (autoscaling?.state === 'coming') return ', and the autoscaler is bringing one'
  if (holders.length > 0)
    return `: ${plural(holders.length, 'pod')} of the revision before ${holders.length === 1 ? 'holds' : 'hold'} GPUs`
  const kept = carriers.some(({ obstacles }) => obstacles.length > 0)
  const keptText = kept ? `: ${listOf(carrierTexts(carriers).slice(0, MOST_NAMED))}` : ''
  const nodes = missing === undefined ? keptText : `: ${missing}`
  if (autoscaling === undefined) return nodes
  const answer =
    autoscaling.state === 'delayed' ? 'cannot bring one now' : 'has none that would fit'
  return `, and the autoscaler ${answer}: ${refusalText(autoscaling)}`
}

function factsOf({ autoscaling, holders, carriers, preempted }: Outside): string[] {
  return [
    ...carrierTexts(carriers).map(text => `node ${text}`),
    ...preempted.map(
      ({ metadata }) => `pod ${metadata.name} was preempted by one of a higher priority`,
    ),
    ...(autoscaling ? [`autoscaler: ${autoscaling.text}`] : []),
    ...holders.map(
      ({ metadata }) => `pod ${metadata.name} of the revision before still holds its GPUs`,
    ),
  ]
}

/** A node group or pool has as many nodes as it may have: of cluster-autoscaler, and of Karpenter. */
const FULL = /max node group size reached|max cluster .{0,100} limit reached|exceed(s|ed)? limits/

/** The cloud has no more nodes to give, or not to this account. */
const OF_CLOUD = /quota|InsufficientInstanceCapacity|RESOURCE_POOL_EXHAUSTED|SkuNotAvailable/i

function remedyFor(shortage: Shortage, { autoscaling, holders, preempted }: Outside): string {
  if (autoscaling?.state === 'coming') return 'wait: a node is being started'
  if (preempted.length > 0)
    return `give it a priority as high as theirs (scheduling.priorityClass), or ${shortage.remedy}`
  if (holders.length > 0)
    return `set rollout: {spareGpu: false}, so that old pods go before new ones come, or ${shortage.remedy}`
  if (autoscaling === undefined) return shortage.remedy
  if (OF_CLOUD.test(autoscaling.text))
    return `${controllerRemedy(autoscaling.text) ?? 'look at what the cloud says'}; or ${shortage.remedy}`
  return FULL.test(autoscaling.text)
    ? `raise the maximum of the autoscaler's node group, or ${shortage.remedy}`
    : shortage.remedy
}

function outlookOf(
  { autoscaling, holders }: Outside,
  inquiry: Inquiry,
): Pick<Diagnosis, 'outlook'> {
  if (autoscaling?.state === 'coming') return { outlook: 'waiting' }
  if (autoscaling?.state !== 'refused' || holders.length > 0) return {}
  const isHopeless = hasRefused(autoscaling, inquiry) && !isRoomComing(inquiry)
  return { outlook: isHopeless ? 'hopeless' : 'unlikely' }
}

/** A pod within its grace period, of whatever endpoint, gives its place back. */
function isRoomComing({ related }: Inquiry): boolean {
  return related
    .ofKind(POD)
    .some(
      ({ metadata, spec }: Pod) =>
        metadata.deletionTimestamp !== undefined && spec?.nodeName !== undefined,
    )
}

/** https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#pod-disruption-conditions */
function preemptedPods({ object, related }: Inquiry): Pod[] {
  return podsOf(object, related).filter(each => {
    const target = conditionOf(each, 'DisruptionTarget')
    return target?.status === 'True' && target.reason === 'PreemptionByScheduler'
  })
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
