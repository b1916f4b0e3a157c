import type { Plan } from '../plan/index.ts'
import { failure } from '../problem/index.ts'
import { shortCommit } from '../report/index.ts'
import type { Revisioned } from './revision.ts'

/**
 * Refuses a commit that is an ancestor of the one applied last: a late pipeline must not take back what a newer one
 * did. A revert is a newer commit and passes; so does what the local history cannot tell.
 */
export async function refuseOlderCommit(
  { lastRevision }: Plan,
  { info, repository }: Revisioned,
): Promise<void> {
  const [ours, last] = [info.commit, lastRevision?.commit]
  if (ours === undefined || last === undefined || ours === last) return
  if ((await repository?.isAncestor(ours, last)) !== true) return
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
