import { formatRef, refOf } from '../../object/index.ts'
import { asProblem } from '../../cluster/index.ts'
import type { Problem } from '../../problem/index.ts'
import type { RenderedObject } from '../../render/index.ts'

/** Where the answer itself does not explain. */
const TRIED = 'The API server answered so when it was asked by a dry-run; nothing was changed.'

/** What the API server will not accept, at the place of the spec that it came from. */
export function rejection(error: unknown, { object, endpoint }: RenderedObject): Problem {
  const problem = asProblem(error, { object: formatRef(refOf(object)), endpoint: endpoint.name })
  const place = endpoint.placeOf('spec')
  return { cause: TRIED, ...problem, ...(place === undefined ? {} : { place }) }
}
