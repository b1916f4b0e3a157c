import { API_VERSION } from '../object/index.ts'
import type { Change } from './change.ts'
import { cleanLine } from './clean.ts'
import { changesAsJson } from './plan-json.ts'
import type { PlanDocument } from './plan-json.ts'
import type { MarkdownReport } from './markdown/plan-markdown.ts'
import { changesAsText } from './text/plan-text.ts'
import type { Paint } from './text/style.ts'
import { plural, someOf } from './words.ts'

/** Two renders of a project in an environment, compared. */
export interface Comparison {
  environment: string
  /** As given: a revision or a range. */
  against: string
  /** Files that differ from HEAD, where the newer side is the work tree. */
  uncommitted: readonly string[]
  changes: readonly Change[]
}

/** The documented JSON form of a comparison. */
export interface ComparisonDocument {
  apiVersion: string
  kind: 'Comparison'
  environment: string
  against: string
  uncommitted: readonly string[]
  endpoints: PlanDocument['endpoints']
}

export function comparisonAsJson(comparison: Comparison): ComparisonDocument {
  const { environment, against, uncommitted, changes } = comparison
  const endpoints = changesAsJson(changes)
  return {
    apiVersion: API_VERSION,
    kind: 'Comparison',
    environment,
    against,
    uncommitted,
    endpoints,
  }
}

export function comparisonAsText({ changes, uncommitted }: Comparison, paint: Paint): string {
  const note =
    uncommitted.length === 0 ? '' : `Uncommitted: ${someOf(uncommitted.map(cleanLine))}.\n`
  return `${changesAsText(changes, paint)}${paint('dim', note)}`
}

/** For Markdown and HTML. */
export function comparisonReport(comparison: Comparison): MarkdownReport {
  const { environment, against, uncommitted, changes } = comparison
  const count = new Set(changes.map(({ endpoint }) => endpoint)).size
  const what =
    count === 0
      ? `nothing changes since ${cleanLine(against)}`
      : `${plural(count, 'endpoint')} changed since ${cleanLine(against)}`
  const note =
    uncommitted.length === 0
      ? ''
      : `, with uncommitted changes in ${someOf(uncommitted.map(cleanLine))}`
  return { subject: environment, summary: `${what}${note}`, changes, problems: [] }
}
