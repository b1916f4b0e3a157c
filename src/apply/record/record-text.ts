import type { Revision } from '../../plan/index.ts'

/** As many revisions as are kept: months of a busy team. */
const MOST_REVISIONS = 50
/** Of the 1 MiB that the API server takes: each update carries all of it. */
const MOST_BYTES = 256 * 1024
const MOST_SUBJECT = 200

/** The record as it is stored: bounded, the oldest revisions go first and the newest stays in any case. */
export function recordText(revisions: readonly Revision[]): string {
  const kept: string[] = []
  let bytes = 0
  for (const revision of revisions.slice(0, MOST_REVISIONS)) {
    const text = JSON.stringify(cut(revision), undefined, 1)
    bytes += Buffer.byteLength(text)
    if (kept.length > 0 && bytes > MOST_BYTES) break
    kept.push(text)
  }
  return `[${kept.join(',\n')}]`
}

/** A subject is whatever somebody wrote into the first paragraph of a commit's message. */
function cut(revision: Revision): Revision {
  const { subject } = revision
  if (subject === undefined || subject.length <= MOST_SUBJECT) return revision
  return { ...revision, subject: `${subject.slice(0, MOST_SUBJECT - 1)}…` }
}
