const UNRELEASED = '## [Unreleased]\n'

/** A version that is about to be released. */
export interface Release {
  /** Such as 1.2.0. */
  version: string
  date: Date
}

/** The changelog with what was unreleased under the version's heading; throws where there is nothing to release. */
export function releaseChangelog(text: string, { version, date }: Release): string {
  const [before = '', after] = text.split(UNRELEASED)
  if (after === undefined) throw new Error('CHANGELOG.md has no heading "## [Unreleased]"')
  if (text.includes(`\n## [${version}]`)) throw new Error(`CHANGELOG.md already has ${version}`)
  if (notesIn(after) === '') throw new Error('CHANGELOG.md has nothing under "Unreleased"')
  const day = date.toISOString().slice(0, 10)
  return `${before}${UNRELEASED}\n## [${version}] - ${day}\n${after}`
}

/** What a version's section says, for the page of the release; throws where there is none. */
export function notesOf(text: string, version: string): string {
  const [, after] = text.split(new RegExp(`^## \\[${version.replaceAll('.', String.raw`\.`)}\\].*\n`, 'm'))
  if (after === undefined) throw new Error(`CHANGELOG.md has no section for ${version}`)
  return notesIn(after)
}

/** Up to the next version. */
function notesIn(section: string): string {
  return (section.split(/^## /m)[0] ?? '').trim()
}
