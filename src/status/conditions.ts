import type { KubeObject } from '../object/index.ts'
import type { Condition } from './shapes.ts'
import { isNew, latest } from './times.ts'
import { cleaned } from './wording.ts'

interface WithConditions extends KubeObject {
  status?: { conditions?: Condition[] }
}

/** `status.conditions`; empty when the controller has not written any. */
export function conditionsOf(object: KubeObject): Condition[] {
  const { status }: WithConditions = object
  return status?.conditions ?? []
}

export function conditionOf(object: KubeObject, type: string): Condition | undefined {
  return conditionsOf(object).find(condition => condition.type === type)
}

/**
 * Whether a condition may be believed when it speaks of failure: set after our write, and about the object's
 * present generation. What an earlier rollout left behind stays in the status until its controller looks again.
 */
export function isCurrent(
  condition: Condition,
  object: KubeObject,
  since: string | undefined,
): boolean {
  if (isStale(condition, { object })) return false
  return isNew(latest(condition.lastUpdateTime, condition.lastTransitionTime), since)
}

/** Whether a condition says that it is about an earlier generation. */
export function isStale(
  { observedGeneration }: Condition,
  { object }: { object: KubeObject },
): boolean {
  const { generation } = object.metadata
  return (
    observedGeneration !== undefined && generation !== undefined && observedGeneration < generation
  )
}

/** `MinimumReplicasUnavailable: Deployment does not have minimum availability.` */
export function conditionText({ type, status, reason, message }: Condition): string {
  const why = [reason, cleaned(message)].filter(Boolean).join(': ')
  return why === '' ? `${type} is ${status ?? 'not said'}` : why
}
