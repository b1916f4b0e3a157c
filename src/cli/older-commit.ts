import type { Plan } from '../plan/index.ts'
import type { Problem } from '../problem/index.ts'
import { failure } from '../problem/index.ts'
import { shortCommit } from '../report/index.ts'
import { reportProblems } from './problems.ts'
import type { Revisioned } from './revision.ts'
import type { Terminal } from './terminal.ts'

/**
 * Refuses a commit that is an ancestor of the one applied last: a late pipeline must not take back what a newer one
 * did. A revert is a newer commit and passes; so does, with a warning, what the local history cannot tell.
 */
export async function refuseOlderCommit(
  { lastRevision }: Plan,
  { info, repository }: Revisioned,
  terminal: Terminal,
): Promise<void> {
  const [ours, last] = [info.commit, lastRevision?.commit]
  if (ours === undefined || last === undefined || ours === last) return
  const isOlder = await repository?.isAncestor(ours, last)
  if (isOlder === undefined) reportProblems([unknownOrder(ours, last)], terminal)
  if (isOlder !== true) return
  throw failure(
    'older-commit',
    `commit ${shortCommit(ours)} is older than ${shortCommit(last)}, which was applied last`,
    {
      cause: `${lastRevision?.actor} applied ${shortCommit(last)} at ${lastRevision?.time}; this would take it back.`,
      remedy:
        'To go back, use `slipway rollback` (a new commit), or --allow-older when this is meant.',
    },
  )
}

function unknownOrder(ours: string, last: string): Problem {
  return {
    code: 'older-commit',
    severity: 'warning',
    message: `nobody can tell here whether ${shortCommit(ours)} is older than ${shortCommit(last)}, which was applied last`,
    cause: `this clone does not have ${shortCommit(last)}, or not the history between the two`,
    remedy:
      'Run "git fetch" first, in a shallow clone "git fetch --unshallow"; in GitHub Actions give actions/checkout "fetch-depth: 0".',
  }
}
