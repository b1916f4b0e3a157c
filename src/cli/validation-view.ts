import { hasErrors } from '../problem/index.ts'
import { VALIDATION_VIEWS, validationAsMarkdown } from '../report/index.ts'
import type { Validation } from '../project/index.ts'
import { annotate, folderInRepository, reportProblems } from './problems.ts'
import { appendSummary } from './summary.ts'
import type { Terminal } from './terminal.ts'
import { lookOf } from './show.ts'

export interface ValidationView {
  output: keyof typeof VALIDATION_VIEWS
  /** The environment, or what stands for all of them. */
  subject: string
  /** Of the project. */
  directory: string
  terminal: Terminal
}

/** What a validation found: as the command's result, at the lines concerned, and on the page of the run in GitHub Actions. */
export async function showValidation(
  found: Validation,
  { output, subject, directory, terminal }: ValidationView,
): Promise<void> {
  const validation = terminal.advised(found)
  const { problems } = validation
  const folder = folderInRepository(terminal.env, directory)
  const markdown = validationAsMarkdown(validation, subject)
  const text = await VALIDATION_VIEWS[output](validation, { ...lookOf(terminal), folder, subject })
  if (output === 'github') terminal.outCommands(text)
  else terminal.out(text)
  if (output === 'json') annotate(problems, terminal, directory)
  else if (output === 'text' || output === 'markdown') reportProblems(problems, terminal, directory)
  if (hasErrors(problems)) await appendSummary(markdown, terminal)
}
