import { countActions, type Plan } from '../plan/index.ts'
import { problemWith, type Problem } from '../problem/index.ts'
import type { EndpointResult } from './endpoint.ts'
import type { ApplyOutcome } from './events.ts'
import { secondsSince, type Run } from './run.ts'

interface OutcomeInput {
  run: Run
  results: EndpointResult[]
  /** What was done by force, whatever came of it. */
  forced: readonly Problem[]
  start: number
  isLost: boolean
}

export function outcomeOf({ run, results, forced, start, isLost }: OutcomeInput): ApplyOutcome {
  const failed = results.flatMap(result => result.problems)
  return {
    result: resultOf({ run, results, isLost }),
    counts: countActions(run.plan),
    endpoints: Object.fromEntries(results.map(({ name, outcome }) => [name, outcome])),
    problems: [...run.plan.problems, ...forced, ...failed, ...(isLost ? [LOST_LOCK] : [])],
    durationSeconds: secondsSince(start),
  }
}

/** Everything is as it should be, and was so before. */
export function nothingToDo(plan: Plan, start: number): ApplyOutcome {
  return {
    result: isShort(plan) ? 'failed' : 'succeeded',
    counts: countActions(plan),
    endpoints: Object.fromEntries(plan.endpoints.map(({ name }) => [name, 'ready'])),
    problems: plan.problems,
    durationSeconds: secondsSince(start),
  }
}

function resultOf({
  run,
  results,
  isLost,
}: Omit<OutcomeInput, 'start' | 'forced'>): ApplyOutcome['result'] {
  if (isLost) return 'failed'
  if (run.signal.aborted) return 'interrupted'
  const hasFailed = isShort(run.plan) || results.some(({ outcome }) => outcome === 'failed')
  return hasFailed ? 'failed' : 'succeeded'
}

/** A deletion that was asked for, and leaves something or finds nothing, is no success. */
function isShort({ problems }: Plan): boolean {
  return problems.some(({ code }) => code === 'not-deleted')
}

const LOST_LOCK: Problem = problemWith({
  code: 'lock-lost',
  message: 'the lock was lost in the middle of the apply: nothing was written after that',
  cause: 'the Lease could not be renewed in time, or somebody took it over',
  remedy: 'Apply again: it goes on from where this one stopped.',
})
