import { createHash } from 'node:crypto'
import { formatRef } from '../../object/index.ts'
import type { Problem } from '../../problem/index.ts'
import { endpointChanges, type EndpointChange } from '../endpoint-change.ts'
import { impactSummary } from '../impact/summary.ts'
import { alike, byDanger, FEW } from '../reading-order.ts'
import type { MarkdownReport } from '../markdown/plan-markdown.ts'
import { subjectOf } from '../text/problems.ts'
import { endpointSection } from './endpoint.ts'
import { escapeLine } from './escape.ts'
import { SCRIPT } from './script.ts'
import { headOf } from './head.ts'
import { STYLE } from './style.ts'
import { plural } from '../../words/index.ts'

/**
 * A report as one page that needs nothing else and no network. Only this very script may run in it, whatever a spec
 * holds: the policy names its hash.
 */
export function reportAsHtml(report: MarkdownReport): string {
  const groups = byDanger(endpointChanges(report.changes))
  const same = alike(groups)
  const title = `slipway: ${escapeLine(report.subject)}`
  return `${headOf({ title, policy: POLICY, style: STYLE })}
<body>
<header>
<h1>${title}</h1>
${summaryOf(report, groups)}
${report.hash === undefined ? '' : `<p class="dim">plan <code>${escapeLine(report.hash)}</code></p>`}
</header>
${problemList(report.problems)}
${groups.length === 0 ? nothing(report) : `${filters(groups)}\n<main>\n${same.map(endpointSection).join('\n')}\n</main>`}
${relatedList(report.related ?? [])}
${same.length > FEW ? `<footer>\n${summaryOf(report, groups)}\n</footer>` : ''}
${groups.length === 0 ? '' : `<script>${SCRIPT}</script>`}
</body>
</html>
`
}

function summaryOf({ summary }: MarkdownReport, groups: readonly EndpointChange[]): string {
  const impact = groups.length === 0 ? '' : `\n<p>${escapeLine(impactSummary(groups))}</p>`
  return `<p><strong>${escapeLine(summary)}</strong></p>${impact}`
}

function nothing({ isUnknown = false }: MarkdownReport): string {
  return isUnknown ? '' : '<p>Nothing changes.</p>'
}

const POLICY = [
  "default-src 'none'",
  'img-src data:',
  "style-src 'unsafe-inline'",
  `script-src 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`,
].join('; ')

function filters(groups: readonly EndpointChange[]): string {
  const counts = Map.groupBy(groups, ({ verb }) => verb)
  const verbs = [...counts].map(
    ([verb, { length }]) =>
      `<label><input type="checkbox" name="verb" value="${verb}" checked> ${verb} (${length})</label>`,
  )
  return `<div class="filters" role="search" hidden>
<input type="search" id="search" placeholder="Filter ${plural(groups.length, 'endpoint')}" aria-label="Filter endpoints">
${verbs.join('\n')}
<label><input type="checkbox" id="restarts"> only with restarts</label>
<label><input type="checkbox" id="downtime"> only with downtime</label>
<button type="button" id="open">Open all</button>
<button type="button" id="close">Close all</button>
<button type="button" id="theme">Light or dark</button>
<span class="dim" id="count" role="status"></span>
<span class="dim keys"><kbd>/</kbd> filter <kbd>j</kbd> <kbd>k</kbd> next, previous <kbd>e</kbd> <kbd>c</kbd> open, close all <kbd>t</kbd> colours</span>
</div>`
}

function problemList(problems: readonly Problem[]): string {
  if (problems.length === 0) return ''
  const items = problems.map(problem => {
    const subject = subjectOf(problem)
    const where = subject === '' ? '' : `<code>${escapeLine(subject)}</code> `
    const parts = [problem.message, problem.cause, problem.remedy].filter(Boolean)
    return `<li class="${problem.severity}"><b>${problem.severity}</b> ${where}${parts.map(part => escapeLine(part ?? '')).join('<br>')}</li>`
  })
  return `<ul class="problems">\n${items.join('\n')}\n</ul>`
}

function relatedList(related: NonNullable<MarkdownReport['related']>): string {
  if (related.length === 0) return ''
  const items = related.map(
    ({ ref, reason }) =>
      `<li><code>${escapeLine(formatRef(ref))}</code> ${escapeLine(reason)}</li>`,
  )
  return `<h2>Not in the set, left alone</h2>\n<ul>\n${items.join('\n')}\n</ul>`
}
