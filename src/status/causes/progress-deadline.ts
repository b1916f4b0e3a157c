import type { KubeObject } from '../../object/index.ts'
import { conditionOf, conditionText, isCurrent } from '../conditions.ts'
import { containersOf, isReady } from '../containers.ts'
import { about } from '../inquiry.ts'
import type { Inquiry } from '../inquiry.ts'
import type { Pod } from '../shapes.ts'
import { newestPods, newestReplicaSet } from '../tree.ts'
import type { Diagnosis } from '../verdict.ts'
import type { Cause } from './cause.ts'
import { autoscalingOf } from './autoscaling.ts'

/**
 * The rollout of a Deployment took longer than its progressDeadlineSeconds. Hopeless unless a new pod is visibly
 * under way (KServe fixes the deadline at 600 s, however long a model takes to load): then the wait's own limit rules.
 */
export const progressDeadline: Cause = inquiry => {
  for (const deployment of deploymentsOf(inquiry)) {
    const found = deadlineOf(about(deployment, inquiry))
    if (found !== undefined) return found
  }
  return undefined
}

function deploymentsOf({ object, related }: Inquiry): KubeObject[] {
  if (object.kind === 'Deployment') return [object]
  return related.ownedBy(object.metadata.uid).filter(({ kind }) => kind === 'Deployment')
}

function deadlineOf(inquiry: Inquiry): Diagnosis | undefined {
  const { object } = inquiry
  const condition = conditionOf(object, 'Progressing')
  if (condition?.reason !== 'ProgressDeadlineExceeded' || condition.status !== 'False')
    return undefined
  if (!isAboutNewest(object, condition.message, inquiry)) return undefined
  const isUnderWay = newestPods(object, inquiry.related).some(pod => isOnItsWay(pod, inquiry))
  const isOld = !isCurrent(condition, object, inquiry.since)
  return {
    cause: 'progress-deadline',
    summary: `the rollout of Deployment ${object.metadata.name} did not make progress within its deadline`,
    evidence: [`Deployment ${object.metadata.name}: ${conditionText(condition)}`],
    remedy: 'look at the new pods and their events; raise loadTime if they only need longer',
    ...outlookOf(isUnderWay, isOld),
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

/** A model is being fetched or loaded without a crash so far, an image is being pulled, or a node is being started. */
function isOnItsWay(pod: Pod, inquiry: Inquiry): boolean {
  if (pod.metadata.deletionTimestamp !== undefined || isReady(pod)) return false
  const isWorking = containersOf(pod).some(({ isInit, status }) => {
    const hasRestarted = (status.restartCount ?? 0) > 0
    return !hasRestarted && status.state?.running && (isInit || status.started === false)
  })
  const isPulling = inquiry.related.eventsOf(pod).at(-1)?.reason === 'Pulling'
  const isScheduled = pod.spec?.nodeName !== undefined
  return isWorking || isPulling || (!isScheduled && autoscalingOf(pod, inquiry)?.state === 'coming')
}
