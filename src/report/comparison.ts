import type { Base } from '../plan/index.ts'
import type { Change } from './change.ts'
import { cleanLine } from './clean.ts'
import type { MarkdownReport } from './markdown/plan-markdown.ts'
import { changesAsText } from './text/plan-text.ts'
import { problemLines } from './text/problems.ts'
import type { Paint } from './text/style.ts'
import { plural, someOf } from '../words/index.ts'

/** Two renders of a project in an environment, compared. */
export interface Comparison {
  environment: string
  /** As given: a revision or a range. */
  against: string
  /** The older side. */
  base: Base
  /** Files that differ from HEAD, where the newer side is the work tree. */
  uncommitted: readonly string[]
  changes: readonly Change[]
}

export function comparisonAsText(comparison: Comparison, paint: Paint, columns?: number): string {
  const { changes, uncommitted, base } = comparison
  const note =
    uncommitted.length === 0 ? '' : `Uncommitted: ${someOf(uncommitted.map(cleanLine))}.\n`
  const older = [
    ...base.problems.flatMap(problem => problemLines(problem, paint)),
    ...(base.state === 'found' ? [] : [paint('bold', summaryOf(comparison)), '']),
  ]
  const shown = base.state === 'broken' ? '' : changesAsText(changes, paint, columns)
  return `${older.map(line => `${line}\n`).join('')}${shown}${paint('dim', note)}`
}

/** For Markdown and HTML. */
export function comparisonReport(comparison: Comparison): MarkdownReport {
  const { environment, uncommitted, changes, base } = comparison
  const note =
    uncommitted.length === 0
      ? ''
      : `, with uncommitted changes in ${someOf(uncommitted.map(cleanLine))}`
  const summary = `${summaryOf(comparison)}${note}`
  const isUnknown = base.state === 'broken'
  return { subject: environment, summary, changes, isUnknown, problems: base.problems }
}

function summaryOf({ against, base, changes }: Comparison): string {
  const count = new Set(changes.map(({ endpoint }) => endpoint)).size
  const since = cleanLine(against)
  const reason = cleanLine(base.reason)
  if (base.state === 'broken') return `${reason}, so nothing can be compared with it`
  if (base.state === 'absent')
    return `${count === 1 ? '1 endpoint is' : `${count} endpoints are`} new: ${reason}`
  return count === 0
    ? `nothing changes since ${since}`
    : `${plural(count, 'endpoint')} changed since ${since}`
}
