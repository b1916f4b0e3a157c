import type { DeleteOptions } from '../../cluster/index.ts'
import { kindOf } from '../../kinds/index.ts'
import type { KubeObject } from '../../object/index.ts'

/**
 * Foreground, so that the object outlives what it owns; Background where it owns nothing: the garbage collector would have to
 * take its finalizer off each of them, a few in a second. Both are awaited (D1).
 */
export function propagationOf(object: KubeObject): DeleteOptions['propagation'] {
  return kindOf(object).isLeaf?.(object) === true ? 'Background' : 'Foreground'
}
