import { formatRef } from '../../object/index.ts'
import type { Plan } from '../../plan/index.ts'
import type { Problem } from '../../problem/index.ts'
import { cleanLine } from '../clean.ts'
import { lossesOf, plannedActions, type Change } from '../change.ts'
import { clip, fit, linesWithin, MAX_COMMENT_LENGTH } from './comment.ts'
import { endpointChanges } from '../endpoint-change.ts'
import { partOf } from './endpoint-markdown.ts'
import { codeSpan, escapeMarkdown, LONGEST_TEXT } from './markdown.ts'
import { impactSummary } from '../impact/summary.ts'
import { planWords } from '../plan-counts.ts'
import { problemItems } from './problem-markdown.ts'
import { plural } from '../../words/index.ts'
import { alike, byDanger, FEW } from '../reading-order.ts'

/** What a Markdown report is about. */
export interface MarkdownReport {
  /** Environment, or what is compared: names the sticky comment. */
  subject: string
  /** One line below the heading. */
  summary: string
  changes: readonly Change[]
  /** Where nothing could be compared: no changes then do not mean that nothing changes. */
  isUnknown?: boolean
  problems: readonly Problem[]
  related?: Plan['related']
  hash?: string
}

export function planAsMarkdown(plan: Plan): string {
  return reportAsMarkdown(planReport(plan))
}

/** A plan as a report, for Markdown and HTML. */
export function planReport(plan: Plan): MarkdownReport {
  const { environment, problems, related, hash, createNamespaces } = plan
  const actions = plannedActions(plan)
  const namespaces = createNamespaces.map(name => `new namespace ${name}`)
  return {
    subject: environment,
    summary: [lossesOf(actions) ?? [], ...namespaces, planWords(plan)].flat().join(', '),
    changes: actions,
    problems,
    related,
    hash,
  }
}

/** Room for problems, and for objects outside the set, where there is much else to say. */
const PROBLEMS_ROOM = 20_000
const RELATED_ROOM = 5000

/**
 * A pull request comment: refusals and warnings first, one `<details>` per endpoint, the marker by which the comment is
 * found and replaced. Where it would be too long it is summarised.
 */
export function reportAsMarkdown(report: MarkdownReport): string {
  const groups = byDanger(endpointChanges(report.changes))
  const same = alike(groups)
  const impact = groups.length === 0 ? [] : [escapeMarkdown(impactSummary(groups)), '']
  const head = [
    ...commentHead(report),
    ...impact,
    ...problemItems(report.problems, PROBLEMS_ROOM),
    ...(report.problems.length === 0 ? [] : ['']),
    '',
  ].join('\n')
  const foot = [
    ...relatedLines(report.related ?? []),
    ...(same.length > FEW ? ['', summaryLine(report.summary), '', ...impact] : []),
    ...(report.hash === undefined ? [] : ['', `<sub>plan \`${report.hash}\`</sub>`]),
    '',
  ].join('\n')
  const room = MAX_COMMENT_LENGTH - head.length - foot.length
  return head + fit(same.flatMap(partOf), room) + foot
}

/** The marker of the sticky comment, its heading, and the summary. */
export function commentHead({
  subject,
  summary,
}: Pick<MarkdownReport, 'subject' | 'summary'>): string[] {
  return [
    `<!-- slipway:diff:${cleanLine(subject).replaceAll('>', '')} -->`,
    `### slipway: ${escapeMarkdown(subject)}`,
    '',
    summaryLine(summary),
    '',
  ]
}

function summaryLine(summary: string): string {
  return `**${escapeMarkdown(clip(summary, LONGEST_TEXT))}**`
}

function relatedLines(related: Plan['related']): string[] {
  if (related.length === 0) return []
  const lines = related.map(
    ({ ref, reason }) =>
      `- ${codeSpan(formatRef(ref))}: ${escapeMarkdown(clip(cleanLine(reason), LONGEST_TEXT))}`,
  )
  const missing = (count: number) => `- and ${plural(count, 'more object')}`
  return ['', 'Not in the set, left alone:', '', ...linesWithin(lines, RELATED_ROOM, missing)]
}
