import { kindOf } from '../../kinds/index.ts'
import type { KubeObject } from '../../object/index.ts'
import type { FieldChange } from '../action.ts'

/** Whether the changes of an object make its controller replace running pods. */
export function restartsPods(object: KubeObject, changes: readonly FieldChange[]): boolean {
  const isReplacedBy = kindOf(object).pods?.isReplacedBy
  return isReplacedBy !== undefined && changes.some(({ path }) => isReplacedBy(path, object))
}
