import { SlipwayError } from '../problem/index.ts'
import type { Problem } from '../problem/index.ts'

/** Any thrown error as problems; one that nobody expected is a bug in slipway, and says so. */
export async function problemsOf(error: unknown): Promise<readonly Problem[]> {
  if (error instanceof SlipwayError) return error.problems
  // By its name, so that a command without a cluster does not load the cluster room to ask.
  if (error instanceof Error && error.name === 'ClusterError') {
    const { asProblem } = await import('../cluster/index.ts')
    return [asProblem(error)]
  }
  return [systemProblem(error) ?? bug(error)]
}

/** A file or folder that the system does not let us have. */
function systemProblem(error: unknown): Problem | undefined {
  if (!(error instanceof Error)) return undefined
  const { code, path, syscall } = error as NodeJS.ErrnoException
  if (code === undefined || path === undefined) return undefined
  return {
    code: 'unreadable-file',
    severity: 'error',
    message: `${path} cannot be used: ${error.message.replace(/^[A-Z]+: /, '')}`,
    ...(syscall === undefined ? {} : { cause: `The system refused ${syscall} with ${code}.` }),
  }
}

/** An error that nobody expected. */
export function bug(error: unknown): Problem {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return {
    code: 'internal',
    severity: 'error',
    message: `this is a bug in slipway: ${what}`,
    remedy: 'Run it again with --debug, and report what it prints with the command that you ran.',
  }
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
