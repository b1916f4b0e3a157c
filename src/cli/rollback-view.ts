import { cleanLine } from '../foreign/index.ts'
import { renderChanges } from '../report/index.ts'
import type { Change, MarkdownReport } from '../report/index.ts'
import type { Rollback } from '../revisions/index.ts'
import { shortCommit } from '../words/index.ts'

/** The commits that are taken back, and their files. */
export function rollbackText({ headline, commits, files }: Rollback): string {
  const lines = [
    cleanLine(`${headline}:`),
    ...commits.map(
      ({ hash, subject, author }) => `  ${cleanLine(`${shortCommit(hash)} ${subject}, ${author}`)}`,
    ),
    `Files: ${files.map(cleanLine).join(', ')}`,
  ]
  return `${lines.join('\n')}\n\n`
}

/** What changes in the objects; undefined where they cannot be rendered. */
export function rollbackChanges({ effect }: Rollback): Change[] | undefined {
  return effect && renderChanges(effect.differences, effect.after)
}

/** For the page of the run. */
export function rollbackReport(rollback: Rollback, environment = 'rollback'): MarkdownReport {
  const { headline, commits } = rollback
  const changes = rollbackChanges(rollback) ?? []
  const subjects = commits.map(({ hash, subject }) => `${shortCommit(hash)} ${subject}`)
  const summary = `${headline}: ${subjects.join('; ')}`
  return { subject: environment, summary, changes, problems: [] }
}
