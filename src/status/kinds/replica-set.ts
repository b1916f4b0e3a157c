import { unobserved } from '../observed.ts'
import { lacking, ready, unfinished } from '../rollout.ts'
import type { Workload } from '../shapes.ts'
import type { Rule } from './rule.ts'

/** Ready when as many pods are available as wanted. */
export const assessReplicaSet: Rule = inquiry => {
  const waiting = unobserved(inquiry)
  if (waiting !== undefined) return waiting
  const { spec, status } = inquiry.object as Workload
  const wanted = spec?.replicas ?? 1
  const message = lacking(status?.availableReplicas ?? 0, wanted, 'pods available')
  return message === undefined ? ready(wanted) : unfinished(inquiry, message)
}
