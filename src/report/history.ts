import type { Revision } from '../plan/index.ts'
import { API_VERSION } from '../object/index.ts'
import { cleanLine } from './clean.ts'
import { formatAge, formatSeconds } from './duration.ts'
import { countSymbols } from './plan-counts.ts'
import type { Paint } from './style.ts'
import { formatTable } from './table.ts'
import { shortCommit } from './words.ts'

const HEADER = ['REVISION', 'AGE', 'RESULT', 'CHANGES', 'TOOK', 'BY', 'SUBJECT']

/** Newest first, as given; `now` in milliseconds. */
export function historyAsText(revisions: readonly Revision[], paint: Paint, now: number): string {
  if (revisions.length === 0) return 'Nothing has been applied yet.\n'
  const rows = revisions.map(revision => [
    `${shortCommit(revision.commit)}${revision.dirty ? '+dirty' : ''}`,
    formatAge(revision.time, now),
    paint(revision.result === 'succeeded' ? 'green' : 'red', revision.result),
    countSymbols(revision.counts),
    formatSeconds(revision.durationSeconds),
    cleanLine(revision.actor),
    [cleanLine(revision.subject ?? ''), ...onlyWords(revision)].join(' ').trim(),
  ])
  return `${formatTable([HEADER.map(title => paint('dim', title)), ...rows]).join('\n')}\n`
}

export function historyAsJson(revisions: readonly Revision[]): Record<string, unknown> {
  return { apiVersion: API_VERSION, kind: 'History', revisions }
}

function onlyWords({ only }: Revision): string[] {
  return only === undefined ? [] : [`(only ${only.map(cleanLine).join(', ')})`]
}
