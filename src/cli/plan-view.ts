import type { Plan } from '../plan/index.ts'
import { PLAN_VIEWS } from '../report/index.ts'
import { annotate } from './problems.ts'
import { appendSummary } from './summary.ts'
import type { Terminal } from './terminal.ts'
import { lookOf, show } from './show.ts'

export interface PlanView {
  plan: Plan
  output: keyof typeof PLAN_VIEWS
  /** Of the project. */
  directory: string
  terminal: Terminal
}

/** A plan as a command's result, with its problems at their lines in GitHub Actions. */
export async function showPlan({ plan, output, directory, terminal }: PlanView): Promise<void> {
  await show(PLAN_VIEWS[output], plan, { terminal })
  annotate(plan.problems, terminal, directory)
  await appendSummary(await PLAN_VIEWS.markdown(terminal.advised(plan), lookOf(terminal)), terminal)
}
