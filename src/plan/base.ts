import type { Problem } from '../problem/index.ts'

/** The older side of a comparison: there, not there yet (then it is empty), or not valid, so that nothing can be compared with it. */
export interface Base {
  state: 'found' | 'absent' | 'broken'
  /** A clause, where it is not found: `there is no slipway.yaml at HEAD^1`. */
  reason: string
  /** Why it is broken, and what else is to be known of the comparison: warnings, since the newer side may be what mends it. */
  problems: readonly Problem[]
}

export const FOUND: Base = { state: 'found', reason: '', problems: [] }

/** What a project that cannot be rendered at a revision is, by the problems of reading it in an environment. */
export function judgeBase(
  problems: readonly Problem[],
  { environment, revision }: { environment: string; revision: string },
): Base {
  const codes = new Set(problems.map(({ code }) => code))
  if (codes.has('no-project')) return absent(`there is no slipway.yaml at ${revision}`)
  if (codes.has('unknown-environment'))
    return absent(`there is no environment "${environment}" at ${revision}`)
  const warnings = problems.map(problem => asWarning(problem, revision))
  return { state: 'broken', reason: `${revision} is not valid`, problems: warnings }
}

function absent(reason: string): Base {
  return { state: 'absent', reason, problems: [] }
}

function asWarning(problem: Problem, revision: string): Problem {
  return { ...atRevision(problem, revision), severity: 'warning' }
}

/** Its place is in a file that nobody has open, so it becomes part of the message. */
export function atRevision({ place, ...problem }: Problem, revision: string): Problem {
  const where = place === undefined ? '' : `${place.file}:${place.line}: `
  return { ...problem, message: `at ${revision}: ${where}${problem.message}` }
}
