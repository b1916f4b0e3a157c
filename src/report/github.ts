import type { Problem } from '../problem/index.ts'
import { OLD_COMMAND } from '../foreign/index.ts'
import { cleanLine, cleanText } from './clean.ts'
import { textOf } from './text/problems.ts'

/**
 * Problems as workflow commands, which GitHub shows at the line of the file in a pull request.
 * `folder` is the project's path in the repository ('' for its root).
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function problemsAsAnnotations(problems: readonly Problem[], folder: string): string {
  return problems.map(problem => `${annotation(problem, folder)}\n`).join('')
}

function annotation(problem: Problem, folder: string): string {
  const { severity, code, place } = problem
  const file = place && (folder === '' ? place.file : `${folder}/${place.file}`)
  const properties = [
    ...(file === undefined ? [] : [`file=${escapeProperty(file)}`]),
    ...(place === undefined ? [] : [`line=${place.line}`, `col=${place.column}`]),
    `title=${escapeProperty(code)}`,
  ]
  const text = textOf(problem, { cause: 'why', remedy: 'do' })
  return `::${severity} ${properties.join(',')}::${escapeData(text)}`
}

/** As actions/toolkit does (packages/core/src/command.ts). The runner writes the text into its log, where `##[` would be one more. */
function escapeData(text: string): string {
  return cleanText(text)
    .replaceAll(OLD_COMMAND, '# ')
    .replaceAll('%', '%25')
    .replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(cleanLine(text)).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
