import { asProblem } from '../cluster/index.ts'
import { formatRef, refOf } from '../object/index.ts'
import { problemWith, type Problem } from '../problem/index.ts'
import type { RenderedObject } from '../render/index.ts'

/** Where the answer itself does not explain. */
const TRIED = 'The API server answered so when it was asked by a dry-run; nothing was changed.'

/** What the API server will not accept, at the field of the spec that it came from. */
export function rejection(
  error: unknown,
  { object, endpoint }: RenderedObject,
  fieldOf: (problem: Problem) => string = () => 'spec',
): Problem {
  const problem = asProblem(error, { object: formatRef(refOf(object)), endpoint: endpoint.name })
  return problemWith({ cause: TRIED, ...problem, place: endpoint.placeOf(fieldOf(problem)) })
}
