import { kindOf } from '../../kinds/index.ts'
import type { ObjectRef } from '../../object/index.ts'
import type { FieldChange } from '../action.ts'

/** Whether the changes make the controller replace running pods. */
export function restartsPods(ref: ObjectRef, changes: readonly FieldChange[]): boolean {
  const isReplacedBy = kindOf(ref).pods?.isReplacedBy
  return isReplacedBy !== undefined && changes.some(({ path }) => isReplacedBy(path))
}
