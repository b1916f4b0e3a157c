import { problemWith, type Problem } from '../../problem/index.ts'
import { formatAge } from '../../words/index.ts'
import type { Revision } from '../revisions.ts'

/** Where the files of a plan come from: rules about the commit, the repository, and what is as in neither. */

export interface CommitOrder {
  environment: string
  /** Milliseconds, by the clock of the API server. */
  now: number
  /** Of the files; undefined outside git, and in a repository without a commit. */
  ours: string | undefined
  /** The newest entry of the record that names a commit. */
  last: Revision | undefined
  /** Whether our commit is an ancestor of the one applied last; undefined where the history here cannot tell. */
  isOlder: boolean | undefined
  /** Whether all of the history is here, as far as this clone was fetched. */
  isWhole?: boolean
  /** Endpoints of which something would be deleted. */
  gone?: readonly string[]
  /** Our commit is in the record, before the one applied last. */
  wasApplied?: boolean
}

/** A late pipeline must not take back what a newer one did, and files without a commit may be any. */
export function checkOrder(order: CommitOrder): Problem | undefined {
  const { ours, last, isOlder } = order
  if (last?.commit === undefined || ours === last.commit) return undefined
  if (ours === undefined) return withoutCommit(order, last)
  if (isOlder === undefined) return unknownOrder(order, { ours, last: last.commit })
  return isOlder ? olderCommit(order, { ours, last }) : undefined
}

function withoutCommit({ environment, now }: CommitOrder, last: Revision): Problem {
  return problemWith({
    code: 'guard',
    message: `${environment} was applied last from commit ${short(last.commit)}, and these files have no commit`,
    cause: `${appliedBy(last, now)}. It is not known whether these files are older, or different.`,
    remedy: 'Apply from a clone of the repository. If this is intended: --allow-no-commit.',
  })
}

function olderCommit(
  { now }: CommitOrder,
  { ours, last }: { ours: string; last: Revision },
): Problem {
  return problemWith({
    code: 'older-commit',
    message: `commit ${short(ours)} is older than ${short(last.commit)}, which was applied last`,
    cause: `${appliedBy(last, now)}; this would undo it.`,
    remedy:
      'To go back, use `slipway rollback` (a new commit), or --allow-older if this is intended.',
  })
}

/**
 * In a shallow clone that is usual, and told. A whole one that lacks the commit was cloned before it was made, or the history was
 * rewritten: what would delete or go back is refused.
 */
function unknownOrder(
  { isWhole = false, gone = [], wasApplied = false }: CommitOrder,
  { ours, last }: { ours: string; last: string },
): Problem {
  if (isWhole && (gone.length > 0 || wasApplied)) return maybeOlder({ ours, last, gone })
  return {
    code: 'older-commit',
    severity: 'warning',
    message: `this clone cannot tell whether ${short(ours)} is older than ${short(last)}, which was applied last`,
    cause: `this clone does not have ${short(last)}, or not the history between the two`,
    remedy:
      'Run "git fetch" first, in a shallow clone "git fetch --unshallow"; in GitHub Actions give actions/checkout "fetch-depth: 0".',
  }
}

function maybeOlder({
  ours,
  last,
  gone,
}: {
  ours: string
  last: string
  gone: readonly string[]
}): Problem {
  const consequence =
    gone.length > 0
      ? `objects of ${gone.join(', ')} would be deleted`
      : 'it was applied before, so this would go back'
  return problemWith({
    code: 'older-commit',
    message: `commit ${short(ours)} may be older than ${short(last)}, which was applied last: ${consequence}`,
    cause: `This clone does not have ${short(last)}, and it could not be fetched.`,
    remedy:
      'Run "git fetch" and apply the newest commit. If the history was rewritten, or this is intended: --allow-older.',
  })
}

function appliedBy({ actor, commit, time, result }: Revision, now: number): string {
  const age = formatAge(time, now)
  return result === 'begun'
    ? `${actor} began to apply ${short(commit)} ${age} ago, and has not finished`
    : `${actor} applied ${short(commit)} ${age} ago`
}

export interface Repositories {
  environment: string
  /** As in the record and here, by the remote; undefined where there is none. */
  last: string | undefined
  ours: string | undefined
  /** Endpoints of which something would be deleted. */
  gone: readonly string[]
}

/**
 * Two repositories that name project, environment and namespace alike have one set: each would delete what only the other
 * has. A plan that deletes in what another repository applied last is refused.
 */
export function checkRepository({
  environment,
  last,
  ours,
  gone,
}: Repositories): Problem | undefined {
  if (last === undefined || ours === undefined || gone.length === 0) return undefined
  if (ours.toLowerCase() === last.toLowerCase()) return undefined
  return problemWith({
    code: 'guard',
    message: `${environment} was applied last from ${last}, and this is ${ours}: objects of ${gone.join(', ')} would be deleted`,
    cause: 'Two repositories with the same project, environment and namespace have one set.',
    remedy:
      'Rename the project or the environment here (slipway.yaml), or take another namespace. If the repository was moved or ' +
      'renamed, apply once with --repository-moved.',
  })
}

const short = (commit = '') => commit.slice(0, 7)
