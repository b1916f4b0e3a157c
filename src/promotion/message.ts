import { cleanLine, withoutSkip } from '../foreign/index.ts'
import type { OverlayField } from '../spec/index.ts'
import { formatSeconds, shortCommit, someOf } from '../words/index.ts'
import type { Evidence } from './facts.ts'

/** One endpoint that is promoted, with why it may be. */
export interface Promoted {
  evidence: Evidence
  /** What its environment's overlay says from now on. */
  fields: readonly OverlayField[]
  /** What differs between the two environments, and stays. */
  stays: readonly string[]
}

/** Of the commit. */
export function messageOf(promoted: readonly Promoted[], from: string, to: string): string {
  const names = promoted.map(({ evidence }) => evidence.endpoint)
  const subject = `Promote ${someOf(names)} from ${from} to ${to}`
  return withoutSkip(`${[subject, ...promoted.map(paragraph)].join('\n\n')}\n`)
}

function paragraph({ evidence, fields }: Promoted): string {
  return [`${evidence.endpoint}:`, ...fields.map(fieldText), `  ${evidenceText(evidence)}`].join(
    '\n',
  )
}

function fieldText({ path, value }: OverlayField): string {
  return `  ${cleanLine(`${path.join('.')}: ${valueText(value)}`)}`
}

/** As it is written, text without quotes. */
export function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** `applied to staging as 1a2b3c4 (chat v2) by ci, ready for 2h 5m, smoke test passed at 2026-…, as in git` */
export function evidenceText(evidence: Evidence): string {
  const { source, commit, subject, actor, soakSeconds, since, smokedAt } = evidence
  const what = subject === undefined ? '' : ` (${subject})`
  const told = [
    `applied to ${source} as ${shortCommit(commit)}${what} by ${actor}`,
    `unchanged since ${since} (${formatSeconds(soakSeconds)})`,
    `smoke test passed at ${smokedAt}`,
    'ready, and as in git',
  ]
  return cleanLine(told.join('; '))
}
