import { closest, SlipwayError, problemWith, type Problem } from '../problem/index.ts'

/** Throws when a name is none of the endpoints. */
export function checkNames(names: readonly string[], known: readonly string[]): void {
  const problems = names
    .filter(name => !known.includes(name))
    .map((name): Problem => {
      const near = closest(name, known)
      return problemWith({
        code: 'unknown-endpoint',
        message: `there is no endpoint "${name}"`,
        remedy: near === undefined ? endpointsThereAre(known) : `Did you mean "${near}"?`,
      })
    })
  if (problems.length > 0) throw new SlipwayError(problems)
}

function endpointsThereAre(known: readonly string[]): string {
  if (known.length === 0) return 'There are none yet.'
  const shown = known.slice(0, 10).join(', ')
  return `There are: ${shown}${known.length > 10 ? `, … (${known.length} in all)` : ''}.`
}
