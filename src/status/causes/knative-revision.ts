import { isKserve } from '../../kinds/index.ts'
import { conditionOf } from '../conditions.ts'
import { isActive } from '../containers.ts'
import type { Inquiry } from '../inquiry.ts'
import { failedRevision } from '../kserve/knative.ts'
import type { Condition } from '../shapes.ts'
import { deploymentsOf, newestPods } from '../tree.ts'
import type { Diagnosis } from '../verdict.ts'
import { cleaned } from '../wording.ts'
import { hasHadTime, type Cause } from './cause.ts'
import { understood } from './understood.ts'
import { pullProblem } from './pull-problem.ts'
import { longerDeadline } from './progress-deadline.ts'

/** In serverless mode Knative makes the pods, and gives a revision up: knative.dev/serving, pkg/apis/serving/v1/revision_lifecycle.go. */
export const knativeRevision: Cause = inquiry => {
  const { object } = inquiry
  const condition = isKserve(object) ? failedRevision(inquiry) : undefined
  if (condition === undefined) return undefined
  const { message = '' } = condition
  const [, revision = '', why = message] =
    /^Revision "([^"]+)" failed with message: ([\s\S]*)/.exec(message) ?? []
  const { namespace = 'default' } = object.metadata
  const failed = { why, revision, namespace, condition }
  return unfetched(failed, inquiry) ?? givenUp(failed, inquiry)
}

interface Failed {
  why: string
  revision: string
  namespace: string
  condition: Condition
}

function givenUp({ why, revision, namespace, condition }: Failed, inquiry: Inquiry): Diagnosis {
  const words = understood(why)?.words
  return {
    cause: 'knative-revision',
    summary: `Knative has given up revision ${revision} of ${inquiry.object.metadata.name}: ${words?.text ?? cleaned(why)}`,
    evidence: evidenceOf(condition),
    remedy: remedyFor({ why, revision, namespace, known: words?.remedy }),
    ...(isOver(why, condition, inquiry) && { outlook: 'hopeless' as const }),
  }
}

function isOver(why: string, { lastTransitionTime }: Condition, inquiry: Inquiry): boolean {
  if (hasPods(inquiry) || isRefused(inquiry)) return false
  return !REFUSED.test(why) || hasHadTime(lastTransitionTime, inquiry)
}

/** The words of an API server that did not let its pods be created: Knative may be heard before its Deployment is. */
const REFUSED =
  /^(?:pods "[^"]{1,300}" is forbidden: |admission webhook "|Internal error occurred: )/

/** Knative calls a revision failed at the first end of its container, and while its pod waits for a node: its pods may yet succeed. */
function hasPods({ object, related }: Inquiry): boolean {
  return newestPods(object, related).some(isActive)
}

/** As long as its Deployment asks for pods that are refused, what refuses them (a quota, a webhook) tells how long to wait. */
function isRefused({ object, related }: Inquiry): boolean {
  return deploymentsOf(object, related).some(
    deployment => conditionOf(deployment, 'ReplicaFailure')?.status === 'True',
  )
}

function evidenceOf({ type, reason, message }: Condition): string[] {
  return [`condition ${type}: ${reason}: ${cleaned(message, 500)}`]
}

interface Known extends Pick<Failed, 'why' | 'revision' | 'namespace'> {
  known: string | undefined
}

function remedyFor({ why, revision, namespace, known }: Known): string {
  const pods = `-l serving.knative.dev/revision=${revision}`
  if (why.startsWith('Container failed with: '))
    return `${known ?? 'read the log of its container'}: kubectl -n ${namespace} logs ${pods} --all-containers --prefix`
  const look = `look at its pods: kubectl -n ${namespace} describe pods ${pods}`
  return why.startsWith('Initial scale') ? `${look}; ${longerDeadline}` : look
}

/**
 * Knative's controller asks the registry for the digest of a tag before there is a pod, and asks again and again:
 * pkg/reconciler/revision/background.go, https://knative.dev/docs/serving/tag-resolution/.
 */
function unfetched({ why, revision, condition }: Failed, inquiry: Inquiry): Diagnosis | undefined {
  const [, image] = /^Unable to fetch image "([^"]+)": /.exec(why) ?? []
  if (image === undefined) return undefined
  const problem = pullProblem({ reason: '', image, texts: [why] })
  const { isRefusal, isFinal: isDefinite } = problem
  const isAnswer = isRefusal === true || isDefinite !== undefined
  const isFinal =
    isDefinite !== undefined ||
    (isRefusal === true && hasHadTime(condition.lastTransitionTime, inquiry))
  return {
    cause: 'knative-revision',
    summary: isAnswer
      ? `Knative cannot make revision ${revision}: the digest of image ${image} cannot be resolved: ${problem.text}`
      : `Knative cannot make revision ${revision}: Knative's controller (not the node) cannot resolve the digest of image ${image}`,
    evidence: evidenceOf(condition),
    remedy: isAnswer ? problem.remedy : UNASKED,
    ...(isFinal && { outlook: 'hopeless' as const }),
  }
}

const UNASKED =
  'name the image by its digest (name@sha256:…), so that Knative does not have to resolve it; or let its controller reach and trust the registry, or name the registry in registries-skipping-tag-resolving (ConfigMap config-deployment in namespace knative-serving)'
