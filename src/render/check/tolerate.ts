import type { Problem } from '../../problem/index.ts'
import type { Tolerance } from '../../spec/index.ts'
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
  return [...problems.map(problem => tolerated(problem, tolerances)), ...unknown.map(noSuchRule)]
}

function tolerated(problem: Problem, tolerances: Readonly<Record<string, Tolerance>>): Problem {
  const { rule = '', cause } = problem
  const tolerance = Object.hasOwn(tolerances, rule) ? tolerances[rule] : undefined
  if (tolerance === undefined || NEVER.has(rule)) return problem
  const why = `Only a warning in this environment: ${tolerance.reason}`
  return {
    ...problem,
    severity: 'warning',
    cause: cause === undefined ? why : `${cause} ${why}`,
  }
}

function noSuchRule([id, { place }]: [string, Tolerance]): Problem {
  return {
    code: 'bad-value',
    severity: 'error',
    place,
    message: NEVER.has(id)
      ? `the rule ${id} cannot be a warning: ${NEVER.get(id)}`
      : `there is no rule "${id}" of the wiring check`,
    remedy: NEVER.has(id) ? 'Leave it out.' : 'docs/rules has a page for each.',
  }
}
