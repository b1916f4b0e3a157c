import type { Revision } from '../../plan/index.ts'
import type { AppliedRevision } from '../../revisions/index.ts'
import { cleanLine } from '../clean.ts'
import { countSymbols } from '../plan-counts.ts'
import { RESULTS } from './outcome.ts'
import { narrowTable } from './narrow.ts'
import type { StatusLook } from './status.ts'
import type { Paint } from './style.ts'
import { formatTable, isWithin } from './table.ts'
import { wrapText } from './wrap.ts'
import { formatAge, formatSeconds, shortCommit } from '../../words/index.ts'

const HEADER = ['REVISION', 'AGE', 'RESULT', 'CHANGES', 'TOOK']

type HistoryLook = Omit<StatusLook, 'wide'>

/** Newest first, as given. On a screen that is too narrow, what was applied and by whom has a line of its own. */
export function historyAsText(revisions: readonly AppliedRevision[], look: HistoryLook): string {
  if (revisions.length === 0) return 'Nothing has been applied yet.\n'
  const { paint, columns = Infinity } = look
  const titles = [...HEADER, 'BY', 'SUBJECT'].map(title => paint('dim', title))
  const wide = formatTable([
    titles,
    ...revisions.map(each => [...cellsOf(each, look), ...wordsOf(each)]),
  ])
  if (isWithin(wide, columns)) return linesOf(wide, revisions, 1)
  const rows = revisions.map(each => ({ cells: cellsOf(each, look), words: sentenceOf(each) }))
  const narrow = narrowTable(titles.slice(0, HEADER.length), rows, { columns, least: 3 })
  return wrapText(linesOf(narrow, revisions, 2), look.columns)
}

/** The commits of each revision below its own lines. */
function linesOf(
  [header = '', ...lines]: readonly string[],
  revisions: readonly AppliedRevision[],
  each: number,
): string {
  const joined = revisions.flatMap((revision, index) => [
    ...lines.slice(index * each, (index + 1) * each),
    ...commitLines(revision),
  ])
  return `${[header, ...joined].join('\n')}\n`
}

function cellsOf(revision: AppliedRevision, { paint, now }: HistoryLook): string[] {
  return [
    commitOf(revision),
    formatAge(revision.time, now),
    resultOf(revision, paint),
    countSymbols(revision.counts),
    revision.result === 'begun' ? '-' : formatSeconds(revision.durationSeconds),
  ]
}

/** Never empty: each row of the narrow table has two lines. */
function sentenceOf(revision: AppliedRevision): string {
  const [actor, subject] = wordsOf(revision)
  return subject === '' ? `by ${actor}` : `${subject}, by ${actor}`
}

function wordsOf(revision: AppliedRevision): [actor: string, subject: string] {
  return [cleanLine(revision.actor), subjectOf(revision)]
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
