import type { Commit } from '../git/index.ts'
import { cleanLine } from '../foreign/index.ts'
import type { Change, MarkdownReport } from '../report/index.ts'
import { shortCommit } from '../words/index.ts'

/** A way back, decided and not yet made. */
export interface Rollback {
  /** `Back to 1a2b3c4 (chat v2), which takes back` */
  headline: string
  /** What is taken back, newest first. */
  commits: readonly Commit[]
  files: readonly string[]
  /** Of the commit; the hashes of what it takes back are added to it. */
  message: string
  /** For a pull request. */
  branch: string
  /** In the objects; undefined where they cannot be rendered. */
  changes: Change[] | undefined
  make: () => Promise<Commit>
}

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

/** For the page of the run. */
export function rollbackReport(
  { headline, commits, changes = [] }: Rollback,
  environment = 'rollback',
): MarkdownReport {
  const subjects = commits.map(({ hash, subject }) => `${shortCommit(hash)} ${subject}`)
  const summary = `${headline}: ${subjects.join('; ')}`
  return { subject: environment, summary, changes, problems: [] }
}
