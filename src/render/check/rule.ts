import { formatRef, refOf } from '../../object/index.ts'
import type { Found, Problem } from '../../problem/index.ts'
import type { Rendering } from '../rendered.ts'
import type { View } from './view.ts'

/** One thing that must be true of the rendered objects; docs/rules has a page for each id. */
export interface Rule {
  id: string
  find: (view: View) => Findings
}

/** In any grouping. */
export type Findings = Found<Finding>

/** What a rule found wrong with one object. */
export interface Finding extends Pick<Problem, 'message' | 'cause' | 'remedy'> {
  rendering: Rendering
  /** The field of the spec that leads to it, unless a patch does. */
  field: string
  severity?: 'warning'
  /** The spec room warns of it already: reported only where a patch brings it about. */
  isSaidOfSpec?: true
  code?: 'name-clash' | 'policy' | 'unknown-field' | 'wrong-type' | 'bad-value' | 'missing-field'
  /** Tells it from other findings at the same field: an image, a host. */
  subject?: string
}

/** How findings name an object. */
export function nameOf({ object }: Rendering): string {
  return formatRef(refOf(object))
}
