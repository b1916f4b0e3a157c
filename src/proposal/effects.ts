import { cleanLine } from '../foreign/index.ts'
import type { Problem } from '../problem/index.ts'
import { changesAsText, renderChanges, type MarkdownReport, type Paint } from '../report/index.ts'
import type { Effect } from '../revisions/index.ts'

interface Effects {
  /** The environment that was asked for. */
  environment: string | undefined
  effects: readonly Effect[]
}

/** What changes in each environment, in words; the environment is named unless it is the one that was asked for, and alone. */
export function effectsText({ environment: asked, effects }: Effects, paint: Paint): string {
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
export function effectReports(
  { environment: asked, effects }: Effects,
  {
    subject,
    summary,
    problems,
  }: { subject: string; summary: string; problems: readonly Problem[] },
): MarkdownReport[] {
  const none = { subject: asked ?? subject, summary, changes: [], problems }
  if (effects.length === 0) return [none]
  return effects.map(({ environment, changes }) => ({
    subject: environment,
    summary,
    changes: changes === undefined ? [] : renderChanges(changes.differences, changes.after),
    problems,
  }))
}
