import type { Plan } from '../plan/index.ts'
import { PLAN_VIEWS } from '../report/index.ts'
import { annotate } from './problems.ts'
import { showOnPage } from './show.ts'
import type { Terminal } from './terminal.ts'

/** A plan as a command's result, with its problems at their lines in GitHub Actions; the directory is the project's. */
export async function showPlan(
  plan: Plan,
  output: keyof typeof PLAN_VIEWS,
  { directory, terminal }: { directory: string; terminal: Terminal },
): Promise<void> {
  const between = () => annotate(plan.problems, terminal, directory)
  await showOnPage(PLAN_VIEWS, output, { result: plan, terminal, between })
}
