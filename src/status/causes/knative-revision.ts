import { isKserve } from '../../kinds/index.ts'
import { conditionText } from '../conditions.ts'
import { failedRevision } from '../kserve/knative.ts'
import { cleaned } from '../wording.ts'
import type { Cause } from './cause.ts'
import { understood } from './last-words.ts'
import { pullProblem } from './pull-problem.ts'

/** In serverless mode Knative makes the pods, and gives a revision up: knative.dev/serving, pkg/apis/serving/v1/revision_lifecycle.go. */
export const knativeRevision: Cause = inquiry => {
  const { object } = inquiry
  const condition = isKserve(object) ? failedRevision(inquiry) : undefined
  if (condition === undefined) return undefined
  const { message = '' } = condition
  const [, revision = '', why = message] =
    /^Revision "([^"]+)" failed with message: ([\s\S]*)/.exec(message) ?? []
  const { namespace = 'default' } = object.metadata
  const words = understood(why)?.words
  return {
    cause: 'knative-revision',
    summary: `Knative has given up revision ${revision} of ${object.metadata.name}: ${words?.text ?? cleaned(why)}`,
    evidence: [`condition ${condition.type}: ${conditionText(condition)}`],
    remedy: remedyFor({ why, revision, namespace, known: words?.remedy }),
    outlook: 'hopeless',
  }
}

interface Failed {
  why: string
  revision: string
  namespace: string
  known: string | undefined
}

function remedyFor({ why, revision, namespace, known }: Failed): string {
  const [, image] = /^Unable to fetch image "([^"]+)": /.exec(why) ?? []
  if (image !== undefined) return pullProblem({ reason: '', image, texts: [why] }).remedy
  const pods = `-l serving.knative.dev/revision=${revision}`
  if (why.startsWith('Container failed with: '))
    return `${known ?? 'read the log of its container'}: kubectl -n ${namespace} logs ${pods} --all-containers --prefix`
  return `look at its pods: kubectl -n ${namespace} describe pods ${pods}`
}
