import type { Plan } from '../plan/index.ts'
import { hasErrors } from '../problem/index.ts'
import { PLAN_VIEWS } from '../report/index.ts'
import { applyPlanned } from './next-command.ts'
import { annotate } from './problems.ts'
import { showOnPage } from './show.ts'
import type { Terminal } from './terminal.ts'

interface Shown {
  args: { output: keyof typeof PLAN_VIEWS; kserveVersion?: string | undefined }
  /** Of the project. */
  directory: string
  terminal: Terminal
}

/**
 * A plan as a command's result, with its problems at their lines in GitHub Actions; and how the very plan is applied, where it can be: what
 * is deleted on request is not an apply's.
 */
export async function showPlan(plan: Plan, { args, directory, terminal }: Shown): Promise<void> {
  const { output, kserveVersion } = args
  const between = () => annotate(plan.problems, terminal, directory)
  await showOnPage(PLAN_VIEWS, output, { result: plan, terminal, between })
  const { deletion, endpoints, environment, hash, only: names = [], problems } = plan
  const isReady = endpoints.some(({ actions }) => actions.length > 0) && !hasErrors(problems)
  const isReal = deletion === undefined && kserveVersion === undefined
  if (output === 'text' && terminal.isOutTerminal && isReady && isReal)
    terminal.err(applyPlanned({ environment, hash, names }, args))
}
