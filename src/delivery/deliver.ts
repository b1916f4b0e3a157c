import type { Plan } from '../plan/index.ts'
import { failure, hasErrors } from '../problem/index.ts'
import type { Delivery } from './delivery.ts'
import type { OutcomeReport } from './outcome-report.ts'
import { runPlan } from './run-plan.ts'

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
