import { cleanLine } from '../foreign/index.ts'
import { changesAsText, renderChanges } from '../report/index.ts'
import type { MarkdownReport, Paint } from '../report/index.ts'
import type { Effect, Rollback } from '../revisions/index.ts'
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

/** What changes in each environment, in words; the environment is named unless it is the one that was asked for, and alone. */
export function effectsText({ environment: asked, effects }: Rollback, paint: Paint): string {
  if (effects.length === 0) return 'No differences.\n'
  const isAlone =
    effects.length === 1 && (asked ?? effects[0]?.environment) === effects[0]?.environment
  const sections = effects.map(effect => {
    const head = isAlone ? '' : `In ${cleanLine(effect.environment)}:\n`
    return `${head}${effectText(effect, paint)}`
  })
  return sections.join('\n')
}

function effectText({ environment, changes }: Effect, paint: Paint): string {
  if (changes !== undefined)
    return changesAsText(renderChanges(changes.differences, changes.after), paint)
  return `What changes in ${cleanLine(environment)} is not known: one of the two sides cannot be rendered.\n`
}

/** For the page of the run, one for each environment. */
export function rollbackReports(rollback: Rollback): MarkdownReport[] {
  const { environment: asked, headline, commits, effects, warnings } = rollback
  const subjects = commits.map(({ hash, subject }) => `${shortCommit(hash)} ${subject}`)
  const summary = `${headline}: ${subjects.join('; ')}`
  const problems = [...warnings]
  const none = { subject: asked ?? 'rollback', summary, changes: [], problems }
  if (effects.length === 0) return [none]
  return effects.map(({ environment, changes }) => ({
    subject: environment,
    summary,
    changes: changes === undefined ? [] : renderChanges(changes.differences, changes.after),
    problems,
  }))
}
