import { STATEFUL_SET, isOf } from '../../kinds/index.ts'
import { isActive } from '../containers.ts'
import { endingPods } from '../deletion/ending-pods.ts'
import { newestPods, podMakers } from '../tree.ts'
import type { Cause } from './cause.ts'
import { refusalOf } from './refusal.ts'

/** No new pod is made before an old one has ended: strategy Recreate, or the next pod of a StatefulSet has its name. */
export const endingBefore: Cause = inquiry => {
  const { object, related } = inquiry
  const newest = newestPods(object, related)
  const isNamed = podMakers(object, related).some(maker => isOf(maker, STATEFUL_SET))
  // A ReplicaSet makes the next pod at once, whatever becomes of those that it let go.
  if (newest.some(isActive) || (newest.length > 0 && !isNamed)) return undefined
  return refusalOf(inquiry) === undefined ? endingPods(inquiry) : undefined
}
