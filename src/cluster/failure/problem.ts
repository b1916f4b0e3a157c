import { SlipwayError, problemWith, type Problem } from '../../problem/index.ts'
import { adviceOn } from './advice.ts'
import { ClusterError } from './failure.ts'

export interface Concerned {
  /** `Kind/namespace/name` */
  object?: string
  endpoint?: string
}

/** What went wrong, for people. Shows what the API server said (Secrets blotted out), never a header or a body. */
export function asProblem(error: unknown, concerned: Concerned = {}): Problem {
  return { ...concerned, ...problemOf(error) }
}

function problemOf(error: unknown): Problem {
  if (error instanceof SlipwayError && error.problems[0] !== undefined) return error.problems[0]
  if (!(error instanceof ClusterError))
    return problemWith({
      code: 'internal',
      message: error instanceof Error ? error.message : String(error),
    })
  // A lost lock interrupts everything: it is the reason, not the interruption.
  if (error.failure.type === 'aborted' && error.cause instanceof SlipwayError)
    return problemOf(error.cause)
  return { severity: 'error', ...adviceOn(error.failure) }
}
