import type { Plan } from '../plan/index.ts'
import { failure, hasErrors } from '../problem/index.ts'
import type { Course, Delivery } from './delivery.ts'
import type { Failure, OutcomeReport } from './outcome-report.ts'
import type { ApplyOutcome } from '../apply/index.ts'
import type { Bundle } from '../doctor/index.ts'

/** What became of a plan. One with errors is not carried out, and one that nobody wants. */
export type Delivered =
  | { type: 'planned' | 'refused' | 'declined'; plan: Plan }
  | { type: 'applied'; plan: Plan; report: OutcomeReport }

/**
 * Plans, lets somebody approve, and applies. Throws SlipwayError `plan-changed` where the plan is not the one with the given hash, or where
 * another apply came first and what is left to do, if it is something else, is declined; else as applyPlan.
 */
export async function deliver(delivery: Delivery): Promise<Delivered> {
  const plan = await delivery.makePlan()
  refuseOtherPlan(plan, delivery.planHash)
  await delivery.onPlan?.(plan)
  if (delivery.isDryRun === true) return { type: 'planned', plan }
  if (hasErrors(plan.problems)) return { type: 'refused', plan }
  if (!(await delivery.approve(plan))) return { type: 'declined', plan }
  const replan = () => planAgain(delivery, plan)
  return { type: 'applied', plan, report: await runPlan(delivery, { plan, replan }) }
}

function refuseOtherPlan({ hash }: Plan, wanted: string | undefined): void {
  if (wanted === undefined || wanted === hash) return
  throw failure(
    'plan-changed',
    `the plan is not the one that was reviewed: its hash is ${hash}, not ${wanted}`,
    {
      cause: 'The specs or the cluster changed since.',
      remedy: 'Look at the new plan (slipway diff) and apply that.',
    },
  )
}

/** Another apply came first. What is left to do, if it is something else, is subject to the same approval. */
async function planAgain(delivery: Delivery, approved: Plan): Promise<Plan> {
  const plan = await delivery.makePlan(approved)
  refuseOtherPlan(plan, delivery.planHash)
  if (plan.hash === approved.hash) return plan
  await delivery.onPlan?.(plan)
  if (hasErrors(plan.problems) || (await delivery.approve(plan))) return plan
  throw failure('plan-changed', 'another apply came first, and the new plan was declined', {
    remedy: 'Look at the new plan (slipway diff) and apply again.',
  })
}

/** Applies a plan that was approved; what is known of endpoints that fail comes with the outcome. */
async function runPlan(
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
