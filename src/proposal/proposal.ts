import type { Commit } from '../git/index.ts'
import type { Problem } from '../problem/index.ts'
import { escapeMarkdown, type MarkdownReport, type Paint } from '../report/index.ts'
import type { Effect } from '../revisions/index.ts'
import { listOf } from '../words/index.ts'

/** A commit that is decided and not yet made, with what is said of it. */
export interface Proposal {
  message: string
  /** For a pull request. */
  branch: string
  /** Paragraphs of its text, in Markdown. */
  body: readonly string[]
  /** Nothing changes: there is no commit to make. */
  isEmpty: boolean
  warnings: readonly Problem[]
  /** What changes, for people; broken at words on a screen of so many columns. */
  textFor: (paint: Paint, columns?: number) => string
  /** The same for a page, one for each environment. */
  reports: readonly MarkdownReport[]
  /** Throws where the commit may not be made, such as when it changes environments that nobody asked for. */
  make: () => Promise<Commit>
}

/** Which environments the commit changes, for the text of a pull request. */
export function changedText(effects: readonly Effect[]): string {
  const names = effects.map(({ environment }) => escapeMarkdown(environment))
  return names.length === 0 ? 'No environment changes.' : `What changes: ${listOf(names)}.`
}
