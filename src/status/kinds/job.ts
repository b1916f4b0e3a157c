import { conditionOf, conditionText } from '../conditions.ts'
import { explain } from '../explain.ts'
import { progressing, unfinished } from '../rollout.ts'
import type { KubeObject } from '../../object/index.ts'
import type { Rule } from './rule.ts'

/** Ready when completed. Its end is final, so a failure counts whenever it happened. */
export const assessJob: Rule = inquiry => {
  const job = inquiry.object
  if (conditionOf(job, 'Complete')?.status === 'True')
    return { state: 'ready', message: 'completed' }
  const failed = conditionOf(job, 'Failed')
  if (failed?.status === 'True') {
    const [diagnosis] = explain(inquiry)
    return { state: 'failed', message: conditionText(failed), ...(diagnosis && { diagnosis }) }
  }
  if (conditionOf(job, 'Suspended')?.status === 'True')
    return progressing('suspended (spec.suspend)')
  return unfinished(inquiry, countText(job))
}

function countText({ spec, status }: KubeObject): string {
  const { completions = 1 } = (spec ?? {}) as { completions?: number }
  const { succeeded = 0 } = (status ?? {}) as { succeeded?: number }
  return `${succeeded} of ${completions} completed`
}
