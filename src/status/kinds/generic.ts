import { controllerRemedy } from '../causes/controller-words.ts'
import { warningAbout } from '../causes/warned.ts'
import { conditionOf, conditionsOf, conditionText, isCurrent } from '../conditions.ts'
import type { Inquiry } from '../inquiry.ts'
import { unobserved } from '../observed.ts'
import { pending } from '../reported.ts'
import type { Condition, Workload } from '../shapes.ts'
import type { Verdict } from '../verdict.ts'
import { clauses } from '../wording.ts'
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

const byReady: Rule = inquiry => {
  const { object } = inquiry
  const condition = conditionOf(object, 'Ready')
  if (condition === undefined) return { state: 'ready', message: 'stored' }
  const { observedGeneration = Infinity } = condition
  const isBehind = observedGeneration < (object.metadata.generation ?? 0)
  if (isBehind) return { state: 'progressing', message: 'waiting for its status' }
  return condition.status === 'True'
    ? { state: 'ready', message: 'ready' }
    : notReady(inquiry, condition)
}

/** Its controller may take its time; then it is told in its own words, and in those of what it consists of. */
function notReady(inquiry: Inquiry, ready: Condition): Verdict {
  const { kind, metadata } = inquiry.object
  const { name, namespace } = metadata
  const warning = warningAbout(inquiry.object, inquiry)
  const others = conditionsOf(inquiry.object).filter(each => each !== ready && isBad(each))
  const texts = [ready, ...others].map(conditionText)
  const why = [...new Set([...texts.toReversed(), ...(warning ? [warning] : [])])]
  const place = namespace === undefined ? '' : ` -n ${namespace}`
  const look = `kubectl${place} describe ${kind.toLowerCase()} ${name}`
  const remedy = why.map(controllerRemedy).find(found => found !== undefined)
  const verdict = pending(inquiry, {
    condition: ready,
    message: conditionText(ready),
    cause: 'not-ready',
    summary: `${kind} ${name} is not ready: ${clauses(...why)}`,
    remedy: `${remedy ?? 'look at what the message names, and at the log of its controller'}: ${look}`,
    afterSeconds: PATIENCE_SECONDS,
  })
  const { diagnosis } = verdict
  if (diagnosis === undefined) return verdict
  return { ...verdict, diagnosis: { ...diagnosis, evidence: [...diagnosis.evidence, ...why] } }
}

const PATIENCE_SECONDS = 60

/** By the sense that the name of a condition has: https://github.com/kubernetes/community, api-conventions, typical status properties. */
function isBad({ type, status, message }: Condition): boolean {
  if (message === undefined || message === '') return false
  return (
    status ===
    (/Fail|Error|Degraded|Stalled|Conflict|Invalid|Blocked/.test(type) ? 'True' : 'False')
  )
}
