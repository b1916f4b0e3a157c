import { cleanLine } from '../foreign/index.ts'
import { escapeMarkdown, wrapText, type MarkdownReport } from '../report/index.ts'
import type { Meant, Rollback } from '../revisions/index.ts'
import { shortCommit } from '../words/index.ts'
import { effectReports, effectsText } from './effects.ts'
import { changedText, type Proposal } from './proposal.ts'

/** The commit of a rollback, or of a canary's step. */
export function rollbackProposal(rollback: Rollback, meant: Meant = {}): Proposal {
  const { message, branch, effects, warnings } = rollback
  const [, ...paragraphs] = message.split('\n\n')
  const parts = [...paragraphs.map(escapeMarkdown), changedText(effects), takenBack(rollback)]
  return {
    message,
    branch,
    body: parts.filter(part => part !== ''),
    isEmpty: false,
    warnings,
    textFor: (paint, columns) =>
      wrapText(`${rollbackText(rollback)}${effectsText(rollback, paint)}`, columns),
    reports: rollbackReports(rollback),
    make: async () => rollback.make(meant),
  }
}

/** The commits that are taken back, and their files. */
function rollbackText({ headline, commits, files }: Rollback): string {
  const lines = [
    cleanLine(`${headline}:`),
    ...commits.map(
      ({ hash, subject, author }) => `  ${cleanLine(`${shortCommit(hash)} ${subject}, ${author}`)}`,
    ),
    `Files: ${files.map(cleanLine).join(', ')}`,
  ]
  return `${lines.join('\n')}\n\n`
}

/** For the page of the run, one for each environment. */
function rollbackReports(rollback: Rollback): MarkdownReport[] {
  const { headline, commits, warnings } = rollback
  const subjects = commits.map(({ hash, subject }) => `${shortCommit(hash)} ${subject}`)
  const summary = `${headline}: ${subjects.join('; ')}`
  return effectReports(rollback, { subject: 'rollback', summary, problems: [...warnings] })
}

/** So many lines are within what GitHub takes. */
const MOST_COMMITS = 100
const LONGEST_SUBJECT = 200

function takenBack({ commits }: Rollback): string {
  if (commits.length === 0) return ''
  const told = commits.slice(0, MOST_COMMITS)
  const lines = told.map(
    ({ hash, subject }) => `- ${hash} ${escapeMarkdown(subject.slice(0, LONGEST_SUBJECT))}`,
  )
  const more = commits.length - told.length
  const rest = more > 0 ? [`- and ${more} more`] : []
  return `This takes back:\n\n${[...lines, ...rest].join('\n')}`
}
