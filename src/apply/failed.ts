import { asProblem, ClusterError } from '../cluster/index.ts'
import { formatRef, type KubeObject } from '../object/index.ts'
import type { Action } from '../plan/index.ts'
import { SlipwayError, problemWith, type Problem, type ProblemCode } from '../problem/index.ts'
import { HIDDEN, maskContents } from '../secret/index.ts'
import type { Diagnosis } from '../status/index.ts'
import { restoredText, type Restored } from './write/restore.ts'

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
  const why = diagnosis && { cause: diagnosis.summary, remedy: diagnosis.remedy }
  return new EndpointFailure(problemWith({ ...problem, ...why }), diagnosis)
}

/** The problems that an error stands for; whatever is not one of ours is thrown on: it is a bug. */
export function problemsOf(error: unknown, endpoint: string, object?: string): Problem[] {
  if (error instanceof EndpointFailure) return [error.problem]
  if (error instanceof SlipwayError)
    return error.problems.map(problem => ({ endpoint, ...problem }))
  if (error instanceof ClusterError)
    return [asProblem(error, { endpoint, ...(object !== undefined && { object }) })]
  throw error
}

/** The old object is gone and the new one could not be made: the old one's manifest is in the cause, ready for kubectl. */
export function notReplaced(action: Action, error: unknown, restored: Restored): EndpointFailure {
  const object = formatRef(action.ref)
  const [why] = problemsOf(error, action.endpoint, object)
  const message = `${object} was deleted to be replaced, and could not be created again: ${why?.message}`
  return lost({ ...action, message, cause: why?.cause ?? why?.message }, restored)
}

export interface Switched extends Pick<Action, 'ref' | 'endpoint'> {
  manifest: KubeObject
}

/** The old runtime's object is gone and the new one's could not be made. */
export function notSwitched(
  { ref, endpoint, manifest }: Switched,
  restored: Restored,
): EndpointFailure {
  const message = `${formatRef(ref)} was deleted for another runtime, whose objects could not be written`
  return lost({ ref, endpoint, previous: manifest, message }, restored)
}

interface Lost extends Pick<Action, 'ref' | 'endpoint' | 'previous'> {
  message: string
  cause?: string | undefined
}

function lost({ ref, endpoint, previous, message, cause }: Lost, restored: Restored) {
  const isBack = restored.type === 'restored'
  const manifest =
    isBack || previous === undefined
      ? undefined
      : `what was deleted: ${JSON.stringify(maskContents(previous, () => HIDDEN))}`
  const why = [cause, manifest].filter(text => text !== undefined).join('; ')
  return new EndpointFailure(
    problemWith({
      code: 'write-failed',
      message: `${message}${restoredText(restored)}`,
      ...(why !== '' && { cause: why }),
      object: formatRef(ref),
      endpoint,
      remedy: isBack ? SERVES : REVERT,
    }),
  )
}

const SERVES = 'Apply again once the cause is gone: what was there before serves until then.'
const REVERT =
  'Apply again once the cause is gone. Until then: revert and apply (--rollback-on-failure does), or kubectl apply what was deleted.'
