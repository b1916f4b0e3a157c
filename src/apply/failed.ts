import { asProblem, ClusterError } from '../cluster/index.ts'
import { formatRef } from '../object/index.ts'
import type { Action } from '../plan/index.ts'
import { SlipwayError } from '../problem/index.ts'
import type { Problem, ProblemCode } from '../problem/index.ts'
import type { Diagnosis } from '../status/index.ts'

/** One endpoint cannot go on; the others do. */
export class EndpointFailure extends Error {
  readonly problem: Problem
  readonly diagnosis: Diagnosis | undefined

  constructor(problem: Problem, diagnosis?: Diagnosis) {
    super(problem.message)
    this.name = 'EndpointFailure'
    this.problem = problem
    this.diagnosis = diagnosis
  }
}

/** A failure whose cause and remedy come from a diagnosis. */
export function diagnosed(
  problem: Pick<Problem, 'message' | 'object' | 'endpoint'> & { code: ProblemCode },
  diagnosis: Diagnosis | undefined,
): EndpointFailure {
  const why = diagnosis === undefined ? {} : { cause: diagnosis.summary, remedy: diagnosis.remedy }
  return new EndpointFailure({ severity: 'error', ...problem, ...why }, diagnosis)
}

/** The problems that an error stands for; whatever is not one of ours is thrown on: it is a bug. */
export function problemsOf(error: unknown, endpoint: string, object?: string): Problem[] {
  if (error instanceof EndpointFailure) return [error.problem]
  if (error instanceof SlipwayError)
    return error.problems.map(problem => ({ endpoint, ...problem }))
  if (error instanceof ClusterError) {
    return [asProblem(error, { endpoint, ...(object === undefined ? {} : { object }) })]
  }
  throw error
}

/** The old object is gone and the new one could not be made: the old one's manifest is in the cause, ready for kubectl. */
export function notReplaced({ ref, endpoint, previous }: Action, error: unknown): EndpointFailure {
  const object = formatRef(ref)
  const [why] = problemsOf(error, endpoint, object)
  const manifest = previous === undefined ? '' : `; what was deleted: ${JSON.stringify(previous)}`
  return new EndpointFailure({
    code: 'write-failed',
    severity: 'error',
    message: `${object} was deleted to be replaced, and could not be created again: ${why?.message}`,
    cause: `${why?.cause ?? why?.message}${manifest}`,
    object,
    endpoint,
    remedy:
      'Apply again once the cause is gone. Until then: revert and apply (--rollback-on-failure does), or kubectl apply what was deleted.',
  })
}
