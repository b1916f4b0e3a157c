import type { Problem } from '../../problem/index.ts'
import { cleanLine, cleanText, quoteLines } from '../clean.ts'
import type { Paint } from './style.ts'
import { plural } from '../../words/index.ts'

/**
 * `endpoints/chat.yaml:12:9: error: …` with `why:` and `do:` lines below; of several, how many there are.
 * Empty when there are no problems.
 */
export function problemsAsText(problems: readonly Problem[], paint: Paint): string {
  if (problems.length === 0) return ''
  const blocks = problems.map(problem => problemLines(problem, paint).join('\n'))
  const count = problems.length === 1 ? [] : [countProblems(problems)]
  return `${[...blocks, ...count].join('\n')}\n`
}

export function problemLines(problem: Problem, paint: Paint): string[] {
  const colour = problem.severity === 'error' ? 'red' : 'yellow'
  const [first = '', ...rest] = cleanText(problem.message).split('\n')
  const subject = subjectOf(problem)
  const head = `${subject === '' ? '' : `${paint('bold', subject)}: `}${paint(colour, problem.severity)}: ${first}`
  return [
    head,
    ...rest.flatMap(line => quoteLines(line, '  ')),
    ...note('why', untold(problem), paint),
    ...note('do', problem.remedy, paint),
  ]
}

/** A cause that the message ends with is not said twice. */
function untold({ message, cause }: Problem): string | undefined {
  return cause !== undefined && message.includes(cause) ? undefined : cause
}

/** In one text, for what shows a place by itself; `words` stand before cause and remedy. */
export function textOf(problem: Problem, words: { cause: string; remedy: string }): string {
  const { place, object, message, cause, remedy } = problem
  return [
    object !== undefined && place === undefined ? `${object}: ${message}` : message,
    ...(cause === undefined ? [] : [`${words.cause}: ${cause}`]),
    ...(remedy === undefined ? [] : [`${words.remedy}: ${remedy}`]),
  ].join('\n')
}

/** `file:line:column`, else the object, else the endpoint. */
export function subjectOf({ place, object, endpoint }: Problem): string {
  if (place !== undefined) return cleanLine(`${place.file}:${place.line}:${place.column}`)
  return cleanLine(object ?? endpoint ?? '')
}

export function countProblems(problems: readonly Problem[]): string {
  const errors = problems.filter(problem => problem.severity === 'error').length
  const warnings = problems.length - errors
  const parts = [
    errors > 0 ? plural(errors, 'error') : '',
    warnings > 0 ? plural(warnings, 'warning') : '',
  ]
  return parts.filter(part => part !== '').join(', ')
}

function note(word: string, text: string | undefined, paint: Paint): string[] {
  if (text === undefined || text === '') return []
  const [first = '', ...rest] = cleanText(text).split('\n')
  return [
    `  ${paint('dim', `${word}:`)} ${first}`,
    ...rest.flatMap(line => quoteLines(line, '    ')),
  ]
}
