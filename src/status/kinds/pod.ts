import { isReady } from '../containers.ts'
import { doomed } from '../doomed.ts'
import { explain } from '../explain.ts'
import { podClause } from '../pod-clause.ts'
import type { Pod } from '../shapes.ts'
import { cleaned } from '../wording.ts'
import type { Rule } from './rule.ts'

/** Ready when its Ready condition is, or when it has done its work. Its failure is final. */
export const assessPod: Rule = inquiry => {
  const pod: Pod = inquiry.object
  const { phase, reason, message } = pod.status ?? {}
  if (phase === 'Succeeded') return { state: 'ready', message: 'completed' }
  if (isReady(pod)) return { state: 'ready', message: 'ready' }
  const fatal = doomed(inquiry)
  if (fatal !== undefined) return { state: 'failed', message: fatal.summary, diagnosis: fatal }
  const [diagnosis] = explain(inquiry)
  const cause = diagnosis && { diagnosis }
  if (phase === 'Failed') {
    const why = [reason, cleaned(message)].filter(Boolean).join(': ')
    return { state: 'failed', message: why === '' ? 'its containers failed' : why, ...cause }
  }
  return { state: 'progressing', message: podClause(pod, inquiry), ...cause }
}
