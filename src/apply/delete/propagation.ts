import type { DeleteOptions } from '../../cluster/index.ts'
import { kindOf } from '../../kinds/index.ts'
import type { Removal } from './removal.ts'

/**
 * Foreground, so that the object outlives what it owns; Background where it owns nothing, or nothing that matters when no other
 * one of its name is created: the garbage collector would have to take its finalizer off each of them, a few in a second. Both are
 * awaited (D1).
 */
export function propagationOf({
  live,
  isReplaced,
}: Pick<Removal, 'live' | 'isReplaced'>): DeleteOptions['propagation'] {
  const { isLeaf, isLeafForGood } = kindOf(live)
  const isAlone = isLeaf?.(live) === true || (isLeafForGood === true && !isReplaced)
  return isAlone ? 'Background' : 'Foreground'
}
