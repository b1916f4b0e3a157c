import type { Delivery, OutcomeReport } from '../delivery/index.ts'
import type { Plan } from '../plan/index.ts'
import {
  bundlesAsMarkdown,
  failuresAsText,
  OUTCOME_VIEWS,
  outcomeAsMarkdown,
  planAsText,
} from '../report/index.ts'
import type { ApplyingArgs } from './applying.ts'
import { writeBundles } from './diagnostics.ts'
import { INTERRUPTED } from './interrupt.ts'
import { favourMemory } from './memory.ts'
import { afterOutcome } from './next-command.ts'
import { showPlan } from './plan-view.ts'
import { annotate, exitCodeFor, reportProblems } from './problems.ts'
import { showProgress } from './progress.ts'
import { appendSummary, show, watchedColumns } from './show.ts'
import type { Terminal } from './terminal.ts'

/** One plan on its way into the cluster. */
export interface CarryOut extends Pick<Delivery, 'cluster' | 'makePlan' | 'options' | 'approve'> {
  args: ApplyingArgs & { output: keyof typeof OUTCOME_VIEWS }
  /** Of the project. */
  directory: string
  terminal: Terminal
}

interface Concluded {
  exitCode: number
  /** Endpoints that were applied and failed. */
  failed: string[]
}

/** Plans, shows, asks, applies and tells how it went. */
export async function carryOut(job: CarryOut): Promise<Concluded> {
  const { args, options, terminal } = job
  const { deliver } = await import('../delivery/index.ts')
  const delivered = await deliver({
    ...job,
    planHash: args.planHash,
    isDryRun: args.dryRun,
    onPlan: plan => (args.dryRun ? showPlan(plan, job) : announce(plan, job)),
    during: (plan, work) => {
      if (mayWaitLong(plan, options)) favourMemory()
      return showProgress(terminal, work)
    },
    isGatheringAll: args.diagnosticsDir !== undefined,
    signal: terminal.signal,
  })
  const { type, plan } = delivered
  if (type === 'declined') terminal.err('Nothing was changed.\n')
  if (type !== 'applied')
    return { exitCode: type === 'declined' ? 1 : exitCodeFor(plan.problems), failed: [] }
  const { report } = delivered
  await writeBundles(report.bundles ?? [], args.diagnosticsDir, terminal)
  return conclude(report, plan.only, job)
}

/** The plan goes to stderr: what apply answers is its outcome. */
function announce(plan: Plan, { directory, terminal }: CarryOut): void {
  if (terminal.logFormat === 'json') reportProblems(plan.problems, terminal, directory)
  else {
    terminal.err(planAsText(terminal.advised(plan), terminal.paintErr, watchedColumns(terminal)))
    annotate(plan.problems, terminal, directory)
  }
}

/** Deletions are over sooner, and there is more to gain from speed. */
function mayWaitLong({ endpoints }: Plan, { wait }: CarryOut['options']): boolean {
  return wait !== false && endpoints.some(({ objects, settled }) => objects.length > 0 && !settled)
}

/** Tells how an apply of these endpoints, or of all, ended: problems on stderr, the outcome on stdout. */
async function conclude(
  ended: OutcomeReport,
  names: readonly string[] | undefined,
  { args, directory, terminal }: CarryOut,
): Promise<Concluded> {
  const report = terminal.advised(ended)
  const { outcome, bundles = [] } = report
  const { err, logFormat, paintErr } = terminal
  const failures = failuresAsText(report, paintErr, watchedColumns(terminal))
  if (logFormat === 'text' && failures !== '') err(`\n${failures}\n`)
  annotate(outcome.problems, terminal, directory)
  await show(OUTCOME_VIEWS[args.output], report, { terminal })
  await appendSummary(`${outcomeAsMarkdown(report)}\n${bundlesAsMarkdown(bundles)}`, terminal)
  const exitCodes = {
    succeeded: 0,
    failed: exitCodeFor(outcome.problems) || 1,
    interrupted: INTERRUPTED,
  }
  const failed = Object.keys(outcome.endpoints).filter(name => outcome.endpoints[name] === 'failed')
  if (logFormat === 'text') err(afterOutcome(report, args, names))
  return { exitCode: exitCodes[outcome.result], failed }
}
