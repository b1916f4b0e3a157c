import type { KubeObject } from '../../object/index.ts'
import { conditionOf, conditionText, isCurrent } from '../conditions.ts'
import { containersOf, containerText, isReady } from '../containers.ts'
import { about, type Inquiry } from '../inquiry.ts'
import { revisionOf } from '../kserve/revisions.ts'
import { pulledNow } from './pulling.ts'
import type { Condition, Pod } from '../shapes.ts'
import { deploymentsOf, newestPods, newestReplicaSet } from '../tree.ts'
import type { Diagnosis } from '../verdict.ts'
import type { Cause } from './cause.ts'
import { autoscalingOf } from './autoscaling.ts'

/**
 * The rollout of a Deployment took longer than its progressDeadlineSeconds. Hopeless unless a new pod is visibly
 * under way (KServe fixes the deadline at 600 s, however long a model takes to load): then the wait's own limit rules.
 */
export const progressDeadline: Cause = inquiry => {
  for (const deployment of deploymentsOf(inquiry.object, inquiry.related)) {
    const found = deadlineOf(about(deployment, inquiry))
    if (found !== undefined) return found
  }
  return undefined
}

function deadlineOf(inquiry: Inquiry): Diagnosis | undefined {
  const { object } = inquiry
  const condition = conditionOf(object, 'Progressing')
  if (condition?.reason !== 'ProgressDeadlineExceeded' || condition.status !== 'False')
    return undefined
  if (!isAboutNewest(object, condition.message, inquiry)) return undefined
  const pods = newestPods(object, inquiry.related)
  const ways = pods.flatMap(pod => wayOf(pod, inquiry) ?? [])
  const isOld = !isCurrent(condition, object, inquiry.since)
  if (revisionOf(object) !== undefined) return ofRevision(object, condition, isOld)
  return {
    cause: 'progress-deadline',
    summary: `the rollout of Deployment ${object.metadata.name} did not make progress within its deadline${ways[0] === undefined ? '' : `, but ${ways[0]}`}`,
    evidence: [`Deployment ${object.metadata.name}: ${conditionText(condition)}`],
    remedy:
      ways.length > 0
        ? 'wait; raise loadTime if it needs longer than that'
        : 'look at the new pods and their events; raise loadTime if they only need longer',
    ...outlookOf(ways.length > 0, isOld),
  }
}

/** Knative takes the pods of a revision away that were not ready within its deadline, however busy they are. */
export const longerDeadline =
  'if it only needs longer to load, raise loadTime, which annotation serving.knative.dev/progress-deadline follows (10m where neither is set)'

function ofRevision({ metadata }: KubeObject, condition: Condition, isOld: boolean): Diagnosis {
  return {
    cause: 'progress-deadline',
    summary: `the pods of Deployment ${metadata.name} were not ready within the deadline of their revision, and Knative gives up on it`,
    evidence: [`Deployment ${metadata.name}: ${conditionText(condition)}`],
    remedy: `look at its pods and their events; ${longerDeadline}`,
    ...outlookOf(false, isOld),
  }
}

function outlookOf(isUnderWay: boolean, isOld: boolean): Pick<Diagnosis, 'outlook'> {
  if (isUnderWay) return { outlook: 'waiting' }
  return isOld ? {} : { outlook: 'hopeless' }
}

/** The message names the ReplicaSet that got stuck: after an update it may still be the one before. */
function isAboutNewest(
  deployment: KubeObject,
  message: string | undefined,
  { related }: Inquiry,
): boolean {
  const [, named] = /^ReplicaSet "([^"]+)"/.exec(message ?? '') ?? []
  const newest = newestReplicaSet(deployment, related)
  return named === undefined || newest === undefined || newest.metadata.name === named
}

/** Follows `but `: a model is being fetched or loaded without a crash so far, an image is being pulled, or a node is being started. */
function wayOf(pod: Pod, inquiry: Inquiry): string | undefined {
  const { name, deletionTimestamp } = pod.metadata
  if (deletionTimestamp !== undefined || isReady(pod)) return undefined
  const working = containersOf(pod).find(({ isInit, status }) => {
    const hasRestarted = (status.restartCount ?? 0) > 0
    return !hasRestarted && status.state?.running && (isInit || status.started === false)
  })
  if (working !== undefined) return `${containerText(working)} of pod ${name} is still at work`
  const [image] = pulledNow(pod, inquiry)
  if (image !== undefined) return `image ${image} of pod ${name} is being pulled`
  const isScheduled = pod.spec?.nodeName !== undefined
  if (isScheduled || autoscalingOf(pod, inquiry)?.state !== 'coming') return undefined
  return `a node for pod ${name} is being started`
}
