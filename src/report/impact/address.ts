import type { FieldChange } from '../../plan/index.ts'
import type { Change } from '../change.ts'
import type { Answer } from './downtime.ts'
import { inlineValue } from '../field-change.ts'

/** Gaps that come from how callers reach the pods: the Service and the Ingress. */
export function addressAnswers(changes: readonly Change[]): Answer[] {
  const restarts = changes.some(({ restartsPods, type }) => restartsPods && type !== 'prune')
  return changes
    .filter(({ ref }) => ref.kind === 'Service' || ref.kind === 'Ingress')
    .flatMap(change => answersOf(change, restarts))
    .map(because => ({ answer: 'yes', because }))
}

function answersOf({ type, ref, changes }: Change, restarts: boolean): string[] {
  if (type === 'prune') return [`its ${ref.kind} is deleted`]
  if (type === 'replace') return [`its ${ref.kind} is deleted, then created`]
  if (ref.kind !== 'Service') return []
  return changes.flatMap(field => serviceAnswer(field, restarts))
}

/** The Service changes at once, while pods take their time. A port that has a name is looked up in each pod, so its number may change. */
function serviceAnswer({ path, before, after }: FieldChange, restarts: boolean): string[] {
  if (path.startsWith('spec.selector')) return ['its Service selects other pods at once']
  if (before === undefined) return []
  if (/^spec\.ports\[[^\]]*\]\.port$/.test(path))
    return [`its Service no longer answers on port ${inlineValue(before)}`]
  const isNumber = restarts && typeof after === 'number'
  return isNumber && path.endsWith('.targetPort')
    ? [`its Service goes to port ${after} before any pod listens there`]
    : []
}
