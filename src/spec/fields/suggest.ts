import { closest } from '../../problem/index.ts'

const MAX_LISTED = 12

/** `Did you mean "probes"?`, else all candidates where they are few. */
export function suggestion(
  word: string,
  candidates: readonly string[],
  what: string,
): string | undefined {
  const near = closest(word, candidates)
  if (near !== undefined) return `Did you mean "${near}"?`
  if (candidates.length === 0 || candidates.length > MAX_LISTED) return undefined
  return `${what}: ${candidates.join(', ')}.`
}
