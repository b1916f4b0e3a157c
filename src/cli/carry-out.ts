import type { ApplyOptions, ApplyOutcome } from '../apply/index.ts'
import type { Cluster } from '../cluster/index.ts'
import type { Plan } from '../plan/index.ts'
import { failure, hasErrors } from '../problem/index.ts'
import {
  failuresAsText,
  outcomeAsJson,
  outcomeAsMarkdown,
  outcomeAsText,
  planAsText,
} from '../report/index.ts'
import type { Failure, OutcomeReport } from '../report/index.ts'
import type { ApplyingArgs } from './applying.ts'
import { INTERRUPTED } from './interrupt.ts'
import { jsonText } from './json.ts'
import { showPlan } from './plan-view.ts'
import { annotate, exitCodeFor, reportProblems } from './problems.ts'
import { showProgress } from './progress.ts'
import type { Revisioned } from './revision.ts'
import { appendSummary } from './summary.ts'
import type { Terminal } from './terminal.ts'

/** One plan on its way into the cluster. */
export interface CarryOut {
  args: ApplyingArgs & { output: string }
  cluster: Cluster
  /** Of the project. */
  directory: string
  makePlan: () => Promise<Plan>
  options: Partial<ApplyOptions>
  /** Refuses by throwing; false when somebody said no. */
  approve: (plan: Plan) => Promise<boolean>
  revision: Revisioned
  terminal: Terminal
}

/** Plans, shows, asks, applies, tells how it went; resolves to the exit code. */
export async function carryOut(job: CarryOut): Promise<number> {
  const { args, directory, terminal } = job
  const plan = await job.makePlan()
  refuseOtherPlan(plan, args.planHash)
  if (args.dryRun) {
    await showPlan({ plan, output: args.output, directory, terminal })
    return exitCodeFor(plan.problems)
  }
  announce(plan, job)
  if (hasErrors(plan.problems)) return exitCodeFor(plan.problems)
  if (!(await job.approve(plan))) {
    terminal.err('Nothing was changed.\n')
    return 1
  }
  return conclude(await run(plan, job), job)
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
    terminal.err(planAsText(plan, terminal.paintErr))
    annotate(plan.problems, terminal, directory)
  }
}

async function run(
  plan: Plan,
  { cluster, makePlan, options, revision, terminal }: CarryOut,
): Promise<OutcomeReport> {
  const { applyPlan } = await import('../apply/index.ts')
  const failures: Failure[] = []
  const outcome = await showProgress(terminal, onEvent =>
    applyPlan({
      plan,
      cluster,
      revision: revision.info,
      options,
      signal: terminal.signal,
      replan: makePlan,
      onEvent: event => {
        if (event.type === 'failed') failures.push(event)
        onEvent(event)
      },
    }),
  )
  const fresh = { ...outcome, problems: withoutTold(outcome, plan) }
  return { environment: plan.environment, revision: revision.info, outcome: fresh, failures }
}

/** The plan's warnings were shown with it. */
function withoutTold({ problems }: ApplyOutcome, plan: Plan): ApplyOutcome['problems'] {
  const told = new Set(plan.problems.map(({ message }) => message))
  return problems.filter(({ message }) => !told.has(message))
}

async function conclude(
  report: OutcomeReport,
  { args, directory, terminal }: CarryOut,
): Promise<number> {
  const { outcome } = report
  const failures = failuresAsText(report, terminal.paintErr)
  if (terminal.logFormat === 'text' && failures !== '') terminal.err(`\n${failures}`)
  annotate(outcome.problems, terminal, directory)
  terminal.out(
    args.output === 'json'
      ? jsonText(outcomeAsJson(report))
      : outcomeAsText(report, terminal.paintOut),
  )
  await appendSummary(outcomeAsMarkdown(report), terminal)
  if (outcome.result === 'interrupted') return INTERRUPTED
  if (outcome.result === 'succeeded') return 0
  return exitCodeFor(outcome.problems) || 1
}
