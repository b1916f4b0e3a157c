import type { ApplyOutcome } from '../apply/index.ts'
import { API_VERSION } from '../object/index.ts'
import { formatSeconds } from './duration.ts'
import { allFailures } from './failures.ts'
import type { OutcomeReport } from './failures.ts'
import { escapeMarkdown } from './markdown.ts'
import { countSymbols } from './plan-counts.ts'
import { SYMBOLS } from './style.ts'
import type { Colour, Paint } from './style.ts'
import { formatTable } from './table.ts'
import { shortCommit } from './words.ts'

/** One line of result, then one per endpoint. */
export function outcomeAsText(report: OutcomeReport, paint: Paint): string {
  const rows = Object.entries(report.outcome.endpoints).map(([endpoint, state]) => {
    const [symbol, colour] = STATES[state]
    return [`  ${paint(colour, symbol)} ${endpoint}`, state]
  })
  const colour = report.outcome.result === 'succeeded' ? 'green' : 'red'
  return `${[paint(colour, headline(report)), ...formatTable(rows)].join('\n')}\n`
}

export function outcomeAsJson(report: OutcomeReport): Record<string, unknown> {
  const { environment, revision, outcome, failures } = report
  const problems = allFailures(outcome.problems, failures).map(({ problem, diagnosis }) =>
    diagnosis === undefined ? problem : { ...problem, diagnosis },
  )
  return {
    apiVersion: API_VERSION,
    kind: 'ApplyOutcome',
    environment,
    revision,
    ...outcome,
    problems,
  }
}

export function outcomeAsMarkdown(report: OutcomeReport): string {
  const { outcome, failures } = report
  const rows = Object.entries(outcome.endpoints).map(
    ([endpoint, state]) => `| ${escapeMarkdown(endpoint)} | ${STATES[state][0]} ${state} |`,
  )
  const problems = allFailures(outcome.problems, failures).map(({ problem, diagnosis }) => {
    const parts = [problem.message, diagnosis?.summary, diagnosis?.remedy ?? problem.remedy]
    const text = parts.filter(part => part !== undefined).map(escapeMarkdown)
    return `- ${problem.severity === 'error' ? '❌' : '⚠️'} ${text.join('. ').replaceAll('..', '.')}`
  })
  const table = rows.length === 0 ? [] : ['| endpoint | |', '|---|---|', ...rows, '']
  return [`### ${escapeMarkdown(headline(report))}`, '', ...table, ...problems, ''].join('\n')
}

function headline({ environment, revision, outcome }: OutcomeReport): string {
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

const STATES: Record<ApplyOutcome['endpoints'][string], [string, Colour]> = {
  ready: [SYMBOLS.done, 'green'],
  applied: [SYMBOLS.done, 'green'],
  deleted: [SYMBOLS.done, 'green'],
  failed: [SYMBOLS.failed, 'red'],
  skipped: [SYMBOLS.skipped, 'yellow'],
}
