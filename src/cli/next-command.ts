/** A command line that can be copied: each word quoted as a shell wants it. */
export function commandLine(words: readonly string[]): string {
  return ['slipway', ...words].map(quoted).join(' ')
}

function quoted(word: string): string {
  return /^[\w./:@=+-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}

/** What is left to do, ready to be copied. */
function nextLine(words: readonly string[]): string {
  return `next: ${commandLine(words)}\n`
}

/** Names in a line that somebody reads. */
const MOST_NAMES = 5

/** Looks at what an apply left failed; at all of it where that is much. */
export function lookAtFailed(environment: string, failed: readonly string[]): string {
  const names = failed.length > MOST_NAMES ? [] : failed
  return nextLine(['status', '-e', environment, ...names])
}

/** Applies the very plan that was shown. */
export function applyPlanned(plan: {
  environment: string
  hash: string
  names: readonly string[]
}): string {
  return nextLine(['apply', '-e', plan.environment, ...plan.names, '--plan-hash', plan.hash])
}
