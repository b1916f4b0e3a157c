import { conditionOf, conditionText } from '../conditions.ts'
import { explain } from '../explain.ts'
import { progressing, unfinished } from '../rollout.ts'
import type { KubeObject } from '../../object/index.ts'
import type { Condition } from '../shapes.ts'
import type { Diagnosis } from '../verdict.ts'
import type { Rule } from './rule.ts'

/** Ready when completed. Its end is final, so a failure counts whenever it happened. */
export const assessJob: Rule = inquiry => {
  const job = inquiry.object
  if (conditionOf(job, 'Complete')?.status === 'True')
    return { state: 'ready', message: 'completed' }
  const failed = conditionOf(job, 'Failed')
  if (failed?.status === 'True') {
    const [diagnosis = failure(job, failed)] = explain(inquiry)
    return { state: 'failed', message: conditionText(failed), diagnosis }
  }
  if (conditionOf(job, 'Suspended')?.status === 'True')
    return progressing('suspended (spec.suspend)')
  return unfinished(inquiry, countText(job))
}

/** By reason, of the Job controller: https://kubernetes.io/docs/concepts/workloads/controllers/job/ */
const REMEDIES: Record<string, string> = {
  DeadlineExceeded:
    'raise spec.activeDeadlineSeconds, or see what keeps its pods from ending in that time',
  BackoffLimitExceeded: 'see why its pods fail; spec.backoffLimit says how often one may',
  PodFailurePolicy: 'see why the pod failed that spec.podFailurePolicy names',
  FailedIndexes: 'see why the pods of the failed indexes fail',
  MaxFailedIndexesExceeded: 'see why the pods of the failed indexes fail',
}

/** Its pods may be gone by then. */
function failure({ metadata }: KubeObject, failed: Condition): Diagnosis {
  const { name, namespace = 'default' } = metadata
  const message = conditionText(failed)
  const look = `kubectl -n ${namespace} describe job ${name}`
  return {
    cause: 'failed',
    summary: `Job ${name} failed: ${message}`,
    evidence: [`Job ${name}: ${message}`],
    remedy: [REMEDIES[failed.reason ?? ''], `look at the object: ${look}`]
      .filter(Boolean)
      .join('; '),
  }
}

function countText({ spec, status }: KubeObject): string {
  const { completions = 1 } = (spec ?? {}) as { completions?: number }
  const { succeeded = 0 } = (status ?? {}) as { succeeded?: number }
  return `${succeeded} of ${completions} completed`
}
