import { problemWith, type Problem } from '../../problem/index.ts'
import type { Endpoint, Tolerance } from '../../spec/index.ts'
import { RULES } from './rules.ts'

/** What follows whatever the reason, by rule. */
const NEVER = new Map([
  ['name-clash', 'objects would overwrite each other'],
  ['metadata-reserved', 'objects would be kept or deleted against what git says'],
])

/** Findings of rules that an environment puts up with become warnings that say why; rules that there are not, errors. */
export function tolerate(
  problems: readonly Problem[],
  tolerances: Readonly<Record<string, Tolerance>>,
): Problem[] {
  const known = RULES.map(({ id }) => id).filter(id => !NEVER.has(id))
  const unknown = Object.entries(tolerances).filter(([id]) => !known.includes(id))
  return [
    ...problems.map(problem => tolerated(problem, { tolerances, where: 'in this environment' })),
    ...unknown.map(noSuchRule),
  ]
}

/** The same for what an endpoint puts up with: it came as it ran, or knows better. */
export function tolerateOwn(
  problems: readonly Problem[],
  endpoints: readonly Endpoint[],
): Problem[] {
  const own = endpoints.filter(({ spec }) => spec.rules !== undefined)
  if (own.length === 0) return [...problems]
  const known = new Map(own.map(endpoint => [endpoint.name, tolerancesOf(endpoint)]))
  const found = problems.map(problem => {
    const tolerances = known.get(problem.endpoint ?? '') ?? {}
    return tolerated(problem, { tolerances, where: 'for this endpoint' })
  })
  const stray = [...known.values()].flatMap(each => tolerate([], each))
  return [...found, ...stray]
}

function tolerancesOf(endpoint: Endpoint): Record<string, Tolerance> {
  const place = (id: string) =>
    endpoint.placeOf(`spec.rules.${id}`) ?? endpoint.placeOf('spec.rules') ?? NOWHERE
  return Object.fromEntries(
    Object.entries(endpoint.spec.rules ?? {}).map(([id, reason]) => [
      id,
      { reason, place: place(id) },
    ]),
  )
}

/** Of a document that a program made. */
const NOWHERE = { file: '', line: 1, column: 1 }

function tolerated(
  problem: Problem,
  { tolerances, where }: { tolerances: Readonly<Record<string, Tolerance>>; where: string },
): Problem {
  const { rule = '', cause } = problem
  const tolerance = Object.hasOwn(tolerances, rule) ? tolerances[rule] : undefined
  if (tolerance === undefined || NEVER.has(rule)) return problem
  const why = `Only a warning ${where}: ${tolerance.reason}`
  return {
    ...problem,
    severity: 'warning',
    cause: cause === undefined ? why : `${cause} ${why}`,
  }
}

function noSuchRule([id, { place }]: [string, Tolerance]): Problem {
  return problemWith({
    code: 'bad-value',
    place,
    message: NEVER.has(id)
      ? `the rule ${id} cannot be a warning: ${NEVER.get(id)}`
      : `there is no rule "${id}" of the wiring check`,
    remedy: NEVER.has(id) ? 'Leave it out.' : 'docs/rules has a page for each.',
  })
}
