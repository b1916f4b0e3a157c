import { cleanLine } from '../../foreign/index.ts'
import { evidenceText, valueText } from '../../promotion/index.ts'
import type { Promoted, Promotion } from '../../promotion/index.ts'
import { escapeMarkdown } from '../../report/index.ts'
import type { MarkdownReport } from '../../report/index.ts'
import { someOf } from '../../words/index.ts'
import { effectReports } from './effects.ts'
import { changedText } from './make-commit.ts'
import type { Proposal } from './make-commit.ts'

/** What each endpoint gets, why it may, and what stays. */
export function promotionText({ endpoints, from, to }: Promotion): string {
  if (endpoints.length === 0)
    return cleanLine(`Nothing to promote: ${to} already runs what is good in ${from}.`).concat('\n')
  const lines = endpoints.flatMap(({ evidence, fields, stays }) => [
    cleanLine(`${evidence.endpoint}, from ${from} to ${to}:`),
    ...[
      ...fields.map(({ path, value }) => `${path.join('.')}: ${valueText(value)}`),
      `because it was ${evidenceText(evidence)}`,
      ...(stays.length === 0 ? [] : [`unchanged in ${to}: ${stays.join(', ')}`]),
    ].map(line => `  ${cleanLine(line)}`),
  ])
  return `${lines.join('\n')}\n\n`
}

/** For the page of the run, one for each environment. */
export function promotionReports(promotion: Promotion): MarkdownReport[] {
  const { effects, endpoints, from, to, warnings } = promotion
  const names = endpoints.map(({ evidence }) => evidence.endpoint)
  const summary =
    names.length === 0
      ? `Nothing to promote from ${from} to ${to}`
      : `Promotes ${someOf(names)} from ${from} to ${to}`
  const problems = [...warnings]
  return effectReports({ environment: to, effects }, { subject: to, summary, problems })
}

export function promotionProposal(promotion: Promotion): Proposal {
  const { message, branch, effects, endpoints, make, to } = promotion
  const body = [changedText(effects), ...endpoints.map(each => promotedText(each, to))]
  return { message, branch, body, make }
}

function promotedText({ evidence, fields, stays }: Promoted, to: string): string {
  const lines = [
    ...fields.map(({ path, value }) => `${path.join('.')}: ${valueText(value)}`),
    `why: ${evidenceText(evidence)}`,
    ...(stays.length === 0 ? [] : [`unchanged in ${to}: ${stays.join(', ')}`]),
  ]
  const text = lines.map(line => `- ${escapeMarkdown(line)}`)
  return `**${escapeMarkdown(evidence.endpoint)}**\n\n${text.join('\n')}`
}
