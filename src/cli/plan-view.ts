import type { Plan } from '../plan/index.ts'
import {
  planAsJson,
  planAsMarkdown,
  planAsText,
  planReport,
  reportAsHtml,
} from '../report/index.ts'
import { jsonText } from './json.ts'
import { annotate } from './problems.ts'
import { appendSummary } from './summary.ts'
import type { Terminal } from './terminal.ts'

export interface PlanView {
  plan: Plan
  output: string
  /** Of the project. */
  directory: string
  terminal: Terminal
}

/** A plan as a command's result, with its problems at their lines in GitHub Actions. */
export async function showPlan({ plan, output, directory, terminal }: PlanView): Promise<void> {
  if (output === 'json') terminal.out(jsonText(planAsJson(plan)))
  else if (output === 'markdown') terminal.out(planAsMarkdown(plan))
  else if (output === 'html') terminal.out(reportAsHtml(planReport(plan)))
  else terminal.out(planAsText(plan, terminal.paintOut))
  annotate(plan.problems, terminal, directory)
  await appendSummary(planAsMarkdown(plan), terminal)
}
