import type { FieldConflict } from '../cluster/index.ts'
import { formatRef, refOf } from '../object/index.ts'
import type { Problem } from '../problem/index.ts'
import type { RenderedObject } from '../render/index.ts'
import { conflictAdvice } from './conflicts.ts'
import type { Action } from './plan.ts'

/** A field that somebody else holds, with both values. */
export function conflictProblem(
  conflict: FieldConflict,
  action: Action | undefined,
  { object, endpoint }: RenderedObject,
): Problem {
  const path = conflict.field.replace(/^\./, '')
  const change = action?.changes.find(candidate => candidate.path === path)
  const values =
    change === undefined
      ? ''
      : `: live ${JSON.stringify(change.before)}, in git ${JSON.stringify(change.after)}`
  const place = endpoint.placeOf('spec')
  return {
    code: 'field-conflict',
    severity: 'error',
    message: `${formatRef(refOf(object))}: ${path} is held by the field manager "${conflict.manager}"${values}`,
    object: formatRef(refOf(object)),
    endpoint: endpoint.name,
    ...(place === undefined ? {} : { place }),
    remedy: conflictAdvice(conflict),
  }
}
