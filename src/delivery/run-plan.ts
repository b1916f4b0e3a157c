import type { ApplyOutcome } from '../apply/index.ts'
import type { Bundle } from '../doctor/index.ts'
import type { Plan } from '../plan/index.ts'
import type { Course, Delivery } from './delivery.ts'
import type { Failure, OutcomeReport } from './outcome-report.ts'

/** Applies a plan that was approved; what is known of endpoints that fail comes with the outcome. */
export async function runPlan(
  delivery: Delivery,
  { plan, replan }: { plan: Plan; replan: () => Promise<Plan> },
): Promise<OutcomeReport> {
  const { cluster, options, signal, during = unwatched } = delivery
  const { applyPlan } = await import('../apply/index.ts')
  const failures: Failure[] = []
  const outcome = await during(plan, ({ onEvent, paused }) =>
    applyPlan({
      plan,
      cluster,
      options,
      signal,
      // It may ask.
      replan: () => paused(replan),
      onEvent: event => {
        if (event.type === 'failed') failures.push(event)
        onEvent(event)
      },
    }),
  )
  return {
    bundles: await bundlesOf(delivery, plan, failures),
    environment: plan.environment,
    revision: plan.revision,
    ...(plan.deletion && { deletion: plan.deletion }),
    outcome: { ...outcome, problems: withoutTold(outcome, plan) },
    failures,
  }
}

async function unwatched<Result>(
  _plan: Plan,
  work: (course: Course) => Promise<Result>,
): Promise<Result> {
  return work({ onEvent: () => {}, paused: other => other() })
}

/** More than these say the same again, unless somebody wants all of them. */
const MOST_GATHERED = 5

/** What is known of endpoints that failed. After an interruption nothing more is read. */
async function bundlesOf(
  { cluster, signal, isGatheringAll = false }: Delivery,
  plan: Plan,
  failures: readonly Failure[],
): Promise<Bundle[]> {
  const names = [...new Set(failures.map(({ endpoint }) => endpoint))]
  const chosen = isGatheringAll ? names : names.slice(0, MOST_GATHERED)
  if (signal.aborted || chosen.length === 0) return []
  const { gatherBundles } = await import('../doctor/index.ts')
  const questions = chosen.map(endpoint => {
    const desired = plan.endpoints.find(({ name }) => name === endpoint)?.objects ?? []
    return { endpoint, namespace: desired[0]?.metadata.namespace ?? plan.parent.namespace, desired }
  })
  return gatherBundles(cluster, questions)
}

/** The plan's warnings were shown with it. */
function withoutTold({ problems }: ApplyOutcome, plan: Plan): ApplyOutcome['problems'] {
  const told = new Set(plan.problems.map(({ message }) => message))
  return problems.filter(({ message }) => !told.has(message))
}
