import { formatRef } from '../object/index.ts'
import type { Plan } from '../plan/index.ts'
import type { Problem } from '../problem/index.ts'
import { cleanLine } from './clean.ts'
import { reasonOf } from './change.ts'
import type { Change } from './change.ts'
import { fit, MAX_COMMENT_LENGTH, shorten } from './comment.ts'
import type { Part } from './comment.ts'
import { endpointChanges } from './endpoint-change.ts'
import type { EndpointChange } from './endpoint-change.ts'
import { fieldLines } from './field-change.ts'
import { escapeHtml, escapeMarkdown, fenceFor } from './markdown.ts'
import { effectsOf } from './impact/impact.ts'
import type { Effect } from './impact/impact.ts'
import { impactSummary } from './impact/summary.ts'
import { countWords } from './plan-counts.ts'
import { MARKS } from './plan-text.ts'
import { subjectOf } from './problems.ts'

/** What a Markdown report is about. */
export interface MarkdownReport {
  /** Environment, or what is compared: names the sticky comment. */
  subject: string
  /** One line below the heading. */
  summary: string
  changes: readonly Change[]
  problems: readonly Problem[]
  related?: Plan['related']
  hash?: string
}

export function planAsMarkdown(plan: Plan): string {
  return reportAsMarkdown(planReport(plan))
}

/** A plan as a report, for Markdown and HTML. */
export function planReport(plan: Plan): MarkdownReport {
  const { environment, actions, problems, related, hash, createNamespaces } = plan
  const namespaces = createNamespaces.map(name => `new namespace ${name}`)
  return {
    subject: environment,
    summary: [...namespaces, countWords(plan)].join(', '),
    changes: actions,
    problems,
    related,
    hash,
  }
}

/**
 * A pull request comment: refusals and warnings first, one `<details>` per endpoint, the marker by which the comment is
 * found and replaced. Details are left out from the end on where the comment would be too long.
 */
export function reportAsMarkdown(report: MarkdownReport): string {
  const groups = endpointChanges(report.changes)
  const head = [
    `<!-- slipway:diff:${report.subject} -->`,
    `### slipway: ${escapeMarkdown(report.subject)}`,
    '',
    `**${escapeMarkdown(report.summary)}**`,
    '',
    ...(groups.length === 0 ? [] : [escapeMarkdown(impactSummary(groups)), '']),
    ...report.problems.map(problemLine),
    ...(report.problems.length === 0 ? [] : ['']),
    '',
  ].join('\n')
  const foot = [
    ...relatedLines(report.related ?? []),
    ...(report.hash === undefined ? [] : ['', `<sub>plan \`${report.hash}\`</sub>`]),
    '',
  ].join('\n')
  const room = MAX_COMMENT_LENGTH - head.length - foot.length
  return shorten(head + fit(groups.map(partOf), room) + foot)
}

function partOf(group: EndpointChange): Part {
  return { full: detailsOf(group), bare: `- ${headlineOf(group)}\n` }
}

function detailsOf(group: EndpointChange): string {
  const lines = group.changes.flatMap(objectLines)
  const fence = fenceFor(lines)
  return `<details><summary>${headlineOf(group)}</summary>\n\n${fence}diff\n${lines.join('\n')}\n${fence}\n\n</details>\n`
}

function headlineOf({ verb, endpoint, highlights, impact }: EndpointChange): string {
  const words = [...highlights.map(escapeHtml), ...effectsOf(impact).map(emphasized)]
  return `<code>${MARKS[verb][0]}</code> ${verb} <b>${escapeHtml(endpoint)}</b>: ${words.join('; ')}`
}

function emphasized({ text, weight }: Effect): string {
  return weight === 'calm' ? escapeHtml(text) : `<b>${escapeHtml(text)}</b>`
}

function objectLines(change: Change): string[] {
  const { type, ref, changes } = change
  const reason = reasonOf(change)
  const why = reason === '' ? '' : ` (${reason})`
  return [
    `${SIGNS[type]} ${type === 'prune' ? 'delete' : type} ${formatRef(ref)}${why}`,
    ...changes.flatMap(fieldLines).map(line => `${line.sign}     ${line.text}`),
  ]
}

/** What GitHub colours in a diff block: green, red, orange. */
const SIGNS = { create: '+', prune: '-', switch: '-', update: '!', adopt: '!', replace: '!' }

function problemLine(problem: Problem): string {
  const icon = problem.severity === 'error' ? '❌' : '⚠️'
  const subject = subjectOf(problem)
  const where = subject === '' ? '' : ` \`${cleanLine(subject).replaceAll('`', "'")}\``
  const parts = [problem.message, problem.cause, problem.remedy]
  const text = parts.filter(part => part !== undefined).map(part => escapeMarkdown(cleanLine(part)))
  return `- ${icon}${where} ${text.join('. ').replaceAll('..', '.')}`
}

function relatedLines(related: Plan['related']): string[] {
  if (related.length === 0) return []
  const lines = related.map(
    ({ ref, reason }) => `- \`${formatRef(ref)}\`: ${escapeMarkdown(cleanLine(reason))}`,
  )
  return ['', 'Not in the set, left alone:', '', ...lines]
}
