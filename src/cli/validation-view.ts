import { hasErrors } from '../problem/index.ts'
import {
  problemsAsAnnotations,
  problemsAsSarif,
  validationAsJson,
  validationAsMarkdown,
  validationAsText,
} from '../report/index.ts'
import type { Validation } from '../report/index.ts'
import { jsonText } from './json.ts'
import { annotate, folderInRepository, reportProblems } from './problems.ts'
import { appendSummary } from './summary.ts'
import type { Terminal } from './terminal.ts'

export interface ValidationView {
  output: string
  /** The environment, or what stands for all of them. */
  subject: string
  /** Of the project. */
  directory: string
  terminal: Terminal
}

/** What a validation found: as the command's result, at the lines concerned, and on the page of the run in GitHub Actions. */
export async function showValidation(
  validation: Validation,
  { output, subject, directory, terminal }: ValidationView,
): Promise<void> {
  const { problems } = validation
  const folder = folderInRepository(terminal.env, directory)
  const markdown = validationAsMarkdown(validation, subject)
  if (output === 'github') terminal.outCommands(problemsAsAnnotations(problems, folder))
  else if (output === 'sarif') terminal.out(jsonText(problemsAsSarif(problems, folder)))
  else if (output === 'json') terminal.out(jsonText(validationAsJson(validation)))
  else if (output === 'markdown') terminal.out(markdown)
  else if (!hasErrors(problems)) terminal.out(validationAsText(validation))
  if (output === 'json') annotate(problems, terminal, directory)
  else if (output === 'text' || output === 'markdown') reportProblems(problems, terminal, directory)
  if (hasErrors(problems)) await appendSummary(markdown, terminal)
}
