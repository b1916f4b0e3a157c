import { thrownProblems, type Problem } from '../problem/index.ts'
import { exitCodeFor, reportProblems } from './problems.ts'
import type { Terminal } from './terminal.ts'

/** Any thrown error as problems. */
async function problemsOf(error: unknown): Promise<readonly Problem[]> {
  // By its name, so that a command without a cluster does not load the cluster room to ask.
  if (error instanceof Error && error.name === 'ClusterError') {
    const { asProblem } = await import('../cluster/index.ts')
    return [asProblem(error)]
  }
  return thrownProblems(error)
}

/** Tells of an error as problems; resolves to the exit code that they lead to. `directory` is the project's. */
export async function reportError(
  error: unknown,
  terminal: Terminal,
  directory: string,
): Promise<number> {
  const problems = await problemsOf(error)
  reportProblems(problems, terminal, directory)
  return exitCodeFor(problems)
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
