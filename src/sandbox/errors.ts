import { SlipwayError } from '../problem/index.ts'

/** The code of a system error, such as ENOENT. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}

/** Everything an error says in one line's worth of text, with its cause: "fetch failed" alone helps nobody. */
export function reasonOf(error: unknown): string {
  if (error instanceof SlipwayError) {
    return error.problems.map(({ message, cause }) => joined(message, cause)).join('\n')
  }
  if (!(error instanceof Error)) return String(error)
  return joined(error.message, error.cause instanceof Error ? error.cause.message : undefined)
}

function joined(message: string, cause: string | undefined): string {
  return cause === undefined ? message : `${message}: ${cause}`
}
