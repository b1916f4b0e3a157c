import { thrownProblems } from '../problem/index.ts'
import type { Problem } from '../problem/index.ts'

/** Any thrown error as problems. */
export async function problemsOf(error: unknown): Promise<readonly Problem[]> {
  // By its name, so that a command without a cluster does not load the cluster room to ask.
  if (error instanceof Error && error.name === 'ClusterError') {
    const { asProblem } = await import('../cluster/index.ts')
    return [asProblem(error)]
  }
  return thrownProblems(error)
}

/** Results that did not arrive: the disk that stdout goes to is full. */
export function unwritable({ message }: Error): Problem {
  return {
    code: 'unreadable-file',
    severity: 'error',
    message: `the output cannot be written: ${message}`,
  }
}

/** The stack of an error and of its causes. */
export function stackOf(error: Error): string {
  const own = error.stack ?? error.message
  return error.cause instanceof Error ? `${own}\ncaused by ${stackOf(error.cause)}` : own
}
