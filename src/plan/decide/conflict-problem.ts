import type { FieldConflict } from '../../cluster/index.ts'
import { formatRef, refOf, valueAt, type KubeObject } from '../../object/index.ts'
import { problemWith, type Problem } from '../../problem/index.ts'
import type { RenderedObject } from '../../render/index.ts'
import { conflictAdvice } from '../fields/conflicts.ts'
import { visible } from '../fields/visible.ts'

interface Sides {
  live: KubeObject
  rendered: RenderedObject
  setId: string
}

/** A field that somebody else holds, with both values. */
export function conflictProblem(
  conflict: FieldConflict,
  { live, rendered: { object, endpoint }, setId }: Sides,
): Problem {
  const { field, manager } = conflict
  const ref = formatRef(refOf(object))
  const at = (side: KubeObject) => shown(valueAt(visible(side, setId), field))
  return problemWith({
    code: 'field-conflict',
    message: `${ref}: ${field.replace(/^\./, '')} is held by the field manager "${manager}": live ${at(live)}, in git ${at(object)}`,
    object: ref,
    endpoint: endpoint.name,
    place: endpoint.placeOf('spec'),
    remedy: conflictAdvice(conflict, object.kind),
  })
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}
