import { conditionOf, conditionText, isCurrent } from '../conditions.ts'
import { unobserved } from '../observed.ts'
import type { Workload } from '../shapes.ts'
import type { Rule } from './rule.ts'

/**
 * Any other kind, by the conventions of kstatus: observedGeneration where there is one, then Reconciling and Stalled,
 * then Ready; an object that says nothing of itself (ConfigMap, Secret, Role, …) is ready once stored.
 */
export const assessGeneric: Rule = inquiry => {
  const { object, since } = inquiry
  const counts = (object as Workload).status?.observedGeneration !== undefined
  const waiting = counts ? unobserved(inquiry) : undefined
  if (waiting !== undefined) return waiting
  const reconciling = conditionOf(object, 'Reconciling')
  if (reconciling?.status === 'True')
    return { state: 'progressing', message: conditionText(reconciling) }
  const stalled = conditionOf(object, 'Stalled')
  if (stalled?.status === 'True') {
    const state = isCurrent(stalled, object, since) ? 'failed' : 'progressing'
    return { state, message: conditionText(stalled) }
  }
  return byReady(inquiry)
}

const byReady: Rule = ({ object }) => {
  const condition = conditionOf(object, 'Ready')
  if (condition === undefined) return { state: 'ready', message: 'stored' }
  const { observedGeneration = Infinity } = condition
  const isBehind = observedGeneration < (object.metadata.generation ?? 0)
  return condition.status === 'True' && !isBehind
    ? { state: 'ready', message: 'ready' }
    : {
        state: 'progressing',
        message: isBehind ? 'waiting for its status' : conditionText(condition),
      }
}
