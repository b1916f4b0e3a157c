import type { Problem } from '../../problem/index.ts'
import { cleanLine } from '../clean.ts'
import { clip, linesWithin } from './comment.ts'
import { codeSpan, escapeMarkdown, LONGEST_TEXT } from './markdown.ts'
import { subjectOf } from '../text/problems.ts'
import { plural } from '../../words/index.ts'

/** A list item for each problem, errors first; at most so many characters. */
export function problemItems(problems: readonly Problem[], room: number): string[] {
  const rank = ({ severity }: Problem) => (severity === 'error' ? 0 : 1)
  const sorted = problems.toSorted((a, b) => rank(a) - rank(b))
  const missing = (count: number) =>
    `- and ${plural(count, 'more problem')}: \`slipway validate\` and the log of the run list them all`
  return linesWithin(sorted.map(problemItem), room, missing)
}

function problemItem(problem: Problem): string {
  const subject = clip(subjectOf(problem), LONGEST_TEXT)
  const where = subject === '' ? '' : ` ${codeSpan(subject)}`
  return `- ${ICONS[problem.severity]}${where} ${sentences([problem.message, problem.cause, problem.remedy])}`
}

export const ICONS: Record<Problem['severity'], string> = { error: '❌', warning: '⚠️' }

/** Foreign texts in one line. */
export function sentences(texts: readonly (string | undefined)[]): string {
  const shown = texts.filter(text => text !== undefined && text !== '')
  return shown
    .map(text => escapeMarkdown(clip(cleanLine(text ?? ''), LONGEST_TEXT)))
    .join('. ')
    .replaceAll('..', '.')
}
