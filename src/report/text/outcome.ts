import type { ApplyOutcome } from '../../apply/index.ts'
import type { OutcomeReport } from '../../delivery/index.ts'
import type { Deletion } from '../../plan/index.ts'
import { cleanLine } from '../clean.ts'
import { linesWithin } from '../markdown/comment.ts'
import { allFailures } from './failures.ts'
import { escapeMarkdown } from '../markdown/markdown.ts'
import { countSymbols } from '../plan-counts.ts'
import { ICONS, sentences } from '../markdown/problem-markdown.ts'
import { SYMBOLS, type Colour, type Paint } from './style.ts'
import { formatTable } from './table.ts'
import { formatSeconds, plural, shortCommit } from '../../words/index.ts'

/** One line of result, then one per endpoint. */
export function outcomeAsText(report: OutcomeReport, paint: Paint): string {
  const rows = Object.entries(report.outcome.endpoints).map(([endpoint, state]) => {
    const [symbol, colour] = STATES[state]
    return [`  ${paint(colour, symbol)} ${cleanLine(endpoint)}`, state]
  })
  const colour = RESULTS[report.outcome.result]
  return `${[paint(colour, cleanLine(headline(report))), ...formatTable(rows)].join('\n')}\n`
}

/** Red is for what failed. */
export const RESULTS: Record<ApplyOutcome['result'], Colour> = {
  succeeded: 'green',
  failed: 'red',
  interrupted: 'yellow',
}

/** For the page of a run: what failed first, all of it where it fits. */
export function outcomeAsMarkdown(report: OutcomeReport): string {
  const { outcome, failures } = report
  const problems = allFailures(outcome.problems, failures).map(failureItem)
  const missing = (count: number) => `- and ${plural(count, 'more problem')}: the log has them all`
  return [
    `### ${escapeMarkdown(headline(report))}`,
    '',
    ...endpointTable(outcome.endpoints),
    ...linesWithin(problems, PROBLEMS_ROOM, missing),
    '',
  ].join('\n')
}

const PROBLEMS_ROOM = 30_000
const TABLE_ROOM = 15_000

function failureItem({ problem, diagnosis }: ReturnType<typeof allFailures>[number]): string {
  const texts = [problem.message, diagnosis?.summary, diagnosis?.remedy ?? problem.remedy]
  return `- ${ICONS[problem.severity]} ${sentences(texts)}`
}

function endpointTable(endpoints: ApplyOutcome['endpoints']): string[] {
  const states = Object.entries(endpoints)
  const sorted = states.toSorted(([, a], [, b]) => Number(BAD.has(b)) - Number(BAD.has(a)))
  const rows = sorted.map(
    ([endpoint, state]) => `| ${escapeMarkdown(endpoint)} | ${STATES[state][0]} ${state} |`,
  )
  const missing = (count: number) => `| and ${plural(count, 'more endpoint')} | |`
  return rows.length === 0
    ? []
    : ['| endpoint | |', '|---|---|', ...linesWithin(rows, TABLE_ROOM, missing), '']
}

const BAD = new Set(['failed', 'unfinished', 'skipped'])

function headline(report: OutcomeReport): string {
  const { environment, revision, deletion, outcome } = report
  if (deletion !== undefined) return deletionHeadline(report, deletion)
  const what = `${shortCommit(revision.commit)}${revision.dirty ? ' with uncommitted changes' : ''}`
  const words = {
    succeeded: 'Applied',
    failed: 'Failed to apply',
    interrupted: 'Interrupted applying',
  }
  const time = formatSeconds(outcome.durationSeconds)
  const changes = countSymbols(outcome.counts)
  if (outcome.result === 'succeeded' && changes === '=')
    return `${environment} is as in ${what} (${time})`
  return `${words[outcome.result]} ${what} to ${environment} in ${time}: ${changes}`
}

function deletionHeadline({ environment, outcome }: OutcomeReport, { inGit }: Deletion): string {
  const states = Object.values(outcome.endpoints)
  const gone = states.filter(state => state === 'deleted').length
  const words = {
    succeeded: `Deleted ${plural(gone, 'endpoint')} from`,
    failed: states.length === 0 ? 'Nothing was deleted from' : 'Not everything was deleted from',
    interrupted: 'Interrupted deleting from',
  }
  const time = formatSeconds(outcome.durationSeconds)
  const said = `${words[outcome.result]} ${environment} in ${time}`
  return inGit.length === 0 ? said : `${said}; ${returnWords(inGit)}`
}

/** What is deleted without git comes back. */
export function returnWords(inGit: readonly string[]): string {
  return inGit.length === 1
    ? 'its file is still in git, and the next apply creates it again'
    : `${inGit.length} of them are still in git, and the next apply creates them again`
}

const STATES: Record<ApplyOutcome['endpoints'][string], [string, Colour]> = {
  ready: [SYMBOLS.done, 'green'],
  applied: [SYMBOLS.done, 'green'],
  deleted: [SYMBOLS.done, 'green'],
  failed: [SYMBOLS.failed, 'red'],
  unfinished: [SYMBOLS.running, 'yellow'],
  skipped: [SYMBOLS.skipped, 'yellow'],
}
