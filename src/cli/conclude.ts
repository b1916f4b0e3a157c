import {
  OUTCOME_VIEWS,
  bundlesAsMarkdown,
  failuresAsText,
  outcomeAsMarkdown,
} from '../report/index.ts'
import type { OutcomeReport } from '../delivery/index.ts'
import type { ApplyingArgs } from './applying.ts'
import { INTERRUPTED } from './interrupt.ts'
import { afterOutcome } from './next-command.ts'
import { annotate, exitCodeFor } from './problems.ts'
import { appendSummary } from './summary.ts'
import { show, watchedColumns } from './show.ts'
import type { Terminal } from './terminal.ts'

export interface Concluded {
  exitCode: number
  /** Endpoints that were applied and failed. */
  failed: string[]
}

interface Concluding {
  args: ApplyingArgs & { output: keyof typeof OUTCOME_VIEWS }
  /** Of the project. */
  directory: string
  terminal: Terminal
  /** Of the endpoints that were asked for; undefined for all. */
  names: readonly string[] | undefined
}

/** Tells how an apply ended: problems on stderr, the outcome on stdout. */
export async function conclude(
  ended: OutcomeReport,
  { args, directory, names, terminal }: Concluding,
): Promise<Concluded> {
  const report = terminal.advised(ended)
  const { outcome } = report
  const { err, logFormat, paintErr } = terminal
  const failures = failuresAsText(report, paintErr, watchedColumns(terminal))
  if (logFormat === 'text' && failures !== '') err(`\n${failures}\n`)
  annotate(outcome.problems, terminal, directory)
  await show(OUTCOME_VIEWS[args.output], report, { terminal })
  const { bundles = [] } = report
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
