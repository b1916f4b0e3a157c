import { SlipwayError, type Problem } from './problem.ts'

/** Any thrown error as problems; one that nobody expected is a bug in slipway, and says so. */
export function thrownProblems(error: unknown): readonly Problem[] {
  if (error instanceof SlipwayError) return error.problems
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
