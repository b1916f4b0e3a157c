import { cleanLine } from '../foreign/index.ts'
import { evidenceText, valueText, type Promoted, type Promotion } from '../promotion/index.ts'
import { escapeMarkdown, wrapText, type MarkdownReport } from '../report/index.ts'
import { someOf } from '../words/index.ts'
import { effectReports, effectsText } from './effects.ts'
import { changedText, type Proposal } from './proposal.ts'

/** The commit of a promotion; empty where the target has it all already. */
export function promotionProposal(promotion: Promotion): Proposal {
  const { message, branch, effects, endpoints, make, to, warnings } = promotion
  const isEmpty = endpoints.length === 0
  const changed = { environment: to, effects }
  return {
    message,
    branch,
    body: [changedText(effects), ...endpoints.map(each => promotedText(each, to))],
    isEmpty,
    warnings,
    textFor: (paint, columns) => {
      const told = isEmpty ? '' : effectsText(changed, paint)
      return wrapText(`${promotionText(promotion)}${told}`, columns)
    },
    reports: promotionReports(promotion),
    make,
  }
}

/** What each endpoint gets, why it may, and what stays. */
function promotionText({ endpoints, from, to }: Promotion): string {
  if (endpoints.length === 0)
    return cleanLine(`Nothing to promote: ${to} already runs what is good in ${from}.`).concat('\n')
  const lines = endpoints.flatMap(promoted => [
    cleanLine(`${promoted.evidence.endpoint}, from ${from} to ${to}:`),
    ...linesOf(promoted, to, 'because it was ').map(line => `  ${cleanLine(line)}`),
  ])
  return `${lines.join('\n')}\n\n`
}

/** For the page of the run, one for each environment. */
function promotionReports(promotion: Promotion): MarkdownReport[] {
  const { effects, endpoints, from, to, warnings } = promotion
  const names = endpoints.map(({ evidence }) => evidence.endpoint)
  const summary =
    names.length === 0
      ? `Nothing to promote from ${from} to ${to}`
      : `Promotes ${someOf(names)} from ${from} to ${to}`
  const problems = [...warnings]
  return effectReports({ environment: to, effects }, { subject: to, summary, problems })
}

function promotedText(promoted: Promoted, to: string): string {
  const lines = linesOf(promoted, to, 'why: ').map(line => `- ${escapeMarkdown(line)}`)
  return `**${escapeMarkdown(promoted.evidence.endpoint)}**\n\n${lines.join('\n')}`
}

function linesOf({ evidence, fields, stays }: Promoted, to: string, why: string): string[] {
  return [
    ...fields.map(({ path, value }) => `${path.join('.')}: ${valueText(value)}`),
    `${why}${evidenceText(evidence)}`,
    ...(stays.length === 0 ? [] : [`unchanged in ${to}: ${stays.join(', ')}`]),
  ]
}
