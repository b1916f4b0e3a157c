import type { Difference } from '../git/index.ts'
import { SlipwayError, problemWith, type Problem } from '../problem/index.ts'
import type { Provenance } from './provenance.ts'

/** Files that are not as in the commit: named, and refused where the clone only does not have them. */
export function checkFiles(
  commit: string | undefined,
  differences: readonly Difference[],
): Problem[] {
  const absent = differences.filter(({ state }) => state === 'absent')
  const edited = differences.filter(({ state }) => state !== 'absent')
  return [
    ...(absent.length === 0 ? [] : [notCheckedOut(commit, absent)]),
    ...(edited.length === 0 ? [] : [uncommitted(commit, edited)]),
  ]
}

/** For who only looks: what these files define is shown as not in git. */
export function absentFiles(provenance: Provenance): Problem[] {
  return absences(provenance).map(problem => ({ ...problem, severity: 'warning' }))
}

/**
 * Who applies what is rendered by other means takes what is not in it for deleted: an endpoint that this clone does not
 * check out is not.
 */
export function refuseAbsent(provenance: Provenance): void {
  const problems = absences(provenance)
  if (problems.length === 0) return
  const remedy =
    'Check them out: "git sparse-checkout disable", or "git update-index --no-skip-worktree FILE" and "git checkout FILE".'
  throw new SlipwayError(problems.map(problem => ({ ...problem, remedy })))
}

function absences({ info, differences }: Provenance): Problem[] {
  return checkFiles(
    info.commit,
    differences.filter(({ state }) => state === 'absent'),
  )
}

function notCheckedOut(commit: string | undefined, absent: readonly Difference[]): Problem {
  return problemWith({
    code: 'guard',
    message: `files of commit ${short(commit)} are not checked out here: ${named(absent.map(({ path }) => path))}`,
    cause: 'What they contain would be treated as deleted.',
    remedy:
      'Check them out ("git sparse-checkout disable", "git update-index --no-skip-worktree FILE" and "git checkout FILE"), or ' +
      'apply the commit itself, which needs no files: slipway apply --revision HEAD.',
  })
}

const WORDS = {
  added: 'not in the commit',
  changed: 'changed',
  deleted: 'deleted',
  absent: 'not checked out',
}

function uncommitted(commit: string | undefined, edited: readonly Difference[]): Problem {
  const files = edited.map(({ path, state }) => `${path} (${WORDS[state]})`)
  return {
    code: 'dirty-tree',
    severity: 'warning',
    message: `not as in commit ${short(commit)}: ${named(files)}`,
    remedy: 'Commit them, so that git says what runs.',
  }
}

const MOST_NAMES = 10

function named(texts: readonly string[]): string {
  const more = texts.length - MOST_NAMES
  const shown = texts.slice(0, MOST_NAMES).join(', ')
  return more > 0 ? `${shown} and ${more} more` : shown
}

const short = (commit = '') => commit.slice(0, 7)
