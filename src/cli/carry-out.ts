import type { Plan } from '../plan/index.ts'
import { failure, hasErrors } from '../problem/index.ts'
import { planAsText } from '../report/index.ts'
import type { CarryOut } from './carrying-out.ts'
import { conclude } from './conclude.ts'
import type { Concluded } from './conclude.ts'
import { showPlan } from './plan-view.ts'
import { annotate, exitCodeFor, reportProblems } from './problems.ts'
import { applyPlanned } from './next-command.ts'
import { runPlan } from './run-plan.ts'
import { watchedColumns } from './show.ts'

/** Plans, shows, asks, applies and tells how it went. */
export async function carryOut(job: CarryOut): Promise<Concluded> {
  const { args, directory, terminal } = job
  const plan = await job.makePlan()
  refuseOtherPlan(plan, args.planHash)
  if (args.dryRun) {
    await showPlan({ plan, output: args.output, directory, terminal })
    tellPlanned(plan, job)
    return notApplied(exitCodeFor(plan.problems))
  }
  announce(plan, job)
  if (hasErrors(plan.problems)) return notApplied(exitCodeFor(plan.problems))
  if (!(await job.approve(plan))) {
    terminal.err('Nothing was changed.\n')
    return notApplied(1)
  }
  const replan = () => planAgain(job, plan)
  return conclude(await runPlan({ ...job, plan, replan }), { ...job, names: plan.only })
}

/** The very plan that was shown; what is deleted on request is not an apply's. */
function tellPlanned(plan: Plan, { args, terminal }: CarryOut): void {
  const isChange = plan.endpoints.some(({ actions }) => actions.length > 0)
  const isReady = isChange && !hasErrors(plan.problems)
  if (plan.deletion !== undefined || args.output !== 'text' || !terminal.isOutTerminal || !isReady)
    return
  const { environment, hash, only: names = [] } = plan
  terminal.err(applyPlanned({ environment, hash, names }, args))
}

function notApplied(exitCode: number): Concluded {
  return { exitCode, failed: [] }
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

/** The plan goes to stderr: what apply answers is its outcome. */
function announce(plan: Plan, { directory, terminal }: CarryOut): void {
  if (terminal.logFormat === 'json') reportProblems(plan.problems, terminal, directory)
  else {
    terminal.err(planAsText(terminal.advised(plan), terminal.paintErr, watchedColumns(terminal)))
    annotate(plan.problems, terminal, directory)
  }
}

/** Another apply came first. What is left to do, if it is something else, is subject to the same approval. */
async function planAgain(job: CarryOut, approved: Plan): Promise<Plan> {
  const plan = await job.makePlan(approved)
  refuseOtherPlan(plan, job.args.planHash)
  if (plan.hash === approved.hash) return plan
  announce(plan, job)
  if (hasErrors(plan.problems) || (await job.approve(plan))) return plan
  throw failure('plan-changed', 'another apply came first, and the new plan was declined', {
    remedy: 'Look at the new plan (slipway diff) and apply again.',
  })
}
