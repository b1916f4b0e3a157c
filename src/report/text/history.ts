import type { OutputDocument } from '../documents.ts'
import type { Revision } from '../../plan/index.ts'
import { API_VERSION } from '../../object/index.ts'
import type { AppliedRevision } from '../../revisions/index.ts'
import { cleanLine } from '../clean.ts'
import { countSymbols } from '../plan-counts.ts'
import { RESULTS } from './outcome.ts'
import type { Paint } from './style.ts'
import { formatTable } from './table.ts'
import { formatAge, formatSeconds, shortCommit } from '../../words/index.ts'

const HEADER = ['REVISION', 'AGE', 'RESULT', 'CHANGES', 'TOOK', 'BY', 'SUBJECT']

/** Newest first, as given; `now` in milliseconds. */
export function historyAsText(
  revisions: readonly AppliedRevision[],
  paint: Paint,
  now: number,
): string {
  if (revisions.length === 0) return 'Nothing has been applied yet.\n'
  const rows = revisions.map(revision => [
    commitOf(revision),
    formatAge(revision.time, now),
    resultOf(revision, paint),
    countSymbols(revision.counts),
    revision.result === 'begun' ? '-' : formatSeconds(revision.durationSeconds),
    cleanLine(revision.actor),
    subjectOf(revision),
  ])
  const [header = '', ...lines] = formatTable([HEADER.map(title => paint('dim', title)), ...rows])
  const joined = revisions.flatMap((each, index) => [lines[index] ?? '', ...commitLines(each)])
  return `${[header, ...joined].join('\n')}\n`
}

/** A deletion applies none. */
function commitOf({ action, commit, dirty }: Revision): string {
  return action === undefined ? `${shortCommit(commit)}${dirty ? '+dirty' : ''}` : '-'
}

function subjectOf(revision: Revision): string {
  const { action, only, subject = '' } = revision
  if (action === 'delete') return `delete ${only?.map(cleanLine).join(' ') ?? '--all'}`
  return [cleanLine(subject), ...onlyWords(revision)].join(' ').trim()
}

/** An apply that has begun is at work still, or was killed. */
function resultOf({ result }: Revision, paint: Paint): string {
  if (result === 'begun') return paint('yellow', 'begun, not finished')
  return paint(RESULTS[result], result)
}

export function historyAsJson(revisions: readonly AppliedRevision[]): OutputDocument<'History'> {
  return { apiVersion: API_VERSION, kind: 'History', revisions }
}

function onlyWords({ only }: Revision): string[] {
  return only === undefined ? [] : [`(only ${only.map(cleanLine).join(', ')})`]
}

/** What the row does not say already. */
function commitLines({ commit, commits = [] }: AppliedRevision): string[] {
  if (commits.length === 1 && commits[0]?.hash === commit) return []
  return commits.map(
    ({ hash, subject, author }) =>
      `  ${shortCommit(hash)} ${cleanLine(subject)}, ${cleanLine(author)}`,
  )
}
