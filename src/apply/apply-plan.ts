import { equalValues } from '../object/index.ts'
import type { ApplyOutcome } from './events.ts'
import { refuseProblems, type ApplyInput } from './input.ts'
import { applyLocked } from './locked.ts'
import { nothingToDo } from './outcome.ts'
import type { EventBody } from './run.ts'

/**
 * Makes the cluster match the plan: lock, inventory, endpoints side by side, record. What goes wrong with an endpoint is
 * in the outcome. Throws SlipwayError or ClusterError when the plan must not be applied or the lock is not to be had.
 */
export async function applyPlan(input: ApplyInput): Promise<ApplyOutcome> {
  refuseProblems(input.plan)
  const start = performance.now()
  const emit = (event: EventBody) => input.onEvent({ time: new Date().toISOString(), ...event })
  emit({ type: 'started', plan: input.plan, revision: input.plan.revision })
  const outcome =
    isDone(input) && input.options?.smoke === undefined
      ? nothingToDo(input.plan, start)
      : await applyLocked({ ...input, emit, start })
  emit({ type: 'finished', outcome })
  return outcome
}

/** Nothing to write, not even the record: the same commit was applied before with success, or a deletion finds nothing. */
function isDone({ plan, options }: ApplyInput): boolean {
  const { endpoints, inventory, lastRevision, only, revision, deletion } = plan
  const isUnawaited = options?.wait === false
  const { recorded, after } = inventory
  if (endpoints.some(({ actions }) => actions.length > 0)) return false
  if (deletion !== undefined) return recorded === undefined || equalValues(recorded, after)
  return (
    plan.createNamespaces.length === 0 &&
    (isUnawaited || endpoints.every(endpoint => endpoint.settled)) &&
    equalValues(recorded, after) &&
    lastRevision?.result === 'succeeded' &&
    lastRevision.action === undefined &&
    lastRevision.commit === revision.commit &&
    equalValues(lastRevision.only, only)
  )
}
