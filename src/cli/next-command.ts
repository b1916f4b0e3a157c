import type { OutcomeReport } from '../report/index.ts'

/** A command line that can be copied: each word quoted as a shell wants it. */
export function commandLine(words: readonly string[]): string {
  return commandWords(['slipway', ...words])
}

/** The same for a command of others. */
export function commandWords(words: readonly string[]): string {
  return words.map(quoted).join(' ')
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

/** Looks at what an apply left failed, or did not wait for; at all of it where that is much. */
function lookAt(environment: string, endpoints: readonly string[]): string {
  const names = endpoints.length > MOST_NAMES ? [] : endpoints
  return nextLine(['status', '-e', environment, ...names])
}

/** After an apply or a deletion; nothing where all is ready or gone. */
export function afterOutcome({
  environment,
  deletion,
  outcome,
}: Pick<OutcomeReport, 'environment' | 'deletion' | 'outcome'>): string {
  const those = (state: string) =>
    Object.keys(outcome.endpoints).filter(name => outcome.endpoints[name] === state)
  const [failed, unwaited] = [those('failed'), those('applied')]
  if (failed.length > 0) return lookAt(environment, failed)
  if (deletion !== undefined) return ''
  if (outcome.result === 'interrupted') return applyAgain(environment)
  return unwaited.length === 0 ? '' : lookAt(environment, unwaited)
}

/** What an apply that was interrupted, or a rollback that nobody pushed, leaves to be done. */
export function applyAgain(environment: string): string {
  return nextLine(['apply', '-e', environment])
}

/** Looks at what a file that was written would do. */
export function diffOf(environment: string, endpoint: string): string {
  return nextLine(['diff', '-e', environment, endpoint])
}

/** Applies the very plan that was shown. */
export function applyPlanned(plan: {
  environment: string
  hash: string
  names: readonly string[]
}): string {
  return nextLine(['apply', '-e', plan.environment, ...plan.names, '--plan-hash', plan.hash])
}
