import type { Repository } from '../git/index.ts'
import type { Problem } from '../problem/index.ts'
import { shortCommit } from '../words/index.ts'

export interface Named {
  repository: Repository
  /** A full hash. */
  commit: string
  /** What is done with it, as a clause: `only lines that are as it made them are taken back`. */
  consequence: string
}

/** A commit that what is checked out is not built on: of another branch, or from before the history was rewritten. */
export async function outsideHistory({
  repository,
  commit,
  consequence,
}: Named): Promise<Problem[]> {
  const isInHistory = await repository.isAncestor(commit, 'HEAD')
  if (isInHistory === true) return []
  const short = shortCommit(commit)
  const common = { code: 'not-in-history', severity: 'warning' } as const
  if (isInHistory === undefined) {
    return [
      {
        ...common,
        message: `this clone cannot tell whether ${short} is in the history of what is checked out`,
        cause: 'It is shallow, and ends before the two meet.',
        remedy: 'Run "git fetch --unshallow" to see.',
      },
    ]
  }
  return [
    {
      ...common,
      message: `${short} is not in the history of what is checked out: ${consequence}`,
      cause: 'It is of another branch, or the history was rewritten since.',
      remedy:
        'If it came in as another commit (a rebase, a squash, a cherry-pick), name that one: see "git log".',
    },
  ]
}
