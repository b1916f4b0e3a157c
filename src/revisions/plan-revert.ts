import { failure } from '../problem/index.ts'
import { shortCommit } from '../words/index.ts'
import { effectOf } from './effect.ts'
import type { Rollback, RollbackRequest } from './rollback.ts'

/** One commit alone goes back, a merge with all that it brought, as by git revert; what came later stays. */
export async function planRevert(
  request: Pick<RollbackRequest, 'repository' | 'directory' | 'choice'>,
  revision: string,
): Promise<Rollback> {
  const { repository, directory } = request
  const { hash, subject } = await repository.commitAt(revision)
  const { commits, files } = await repository.revertPlan({ from: hash, to: `${hash}^1` })
  if (files.length === 0) {
    throw failure('nothing-to-roll-back', `${shortCommit(hash)} changes nothing of the project`)
  }
  const source = await repository.sourceAfterRevert([hash], directory)
  const message = `Revert "${subject}"`
  return {
    headline: 'What came later stays; this is taken back',
    commits,
    files,
    message,
    branch: `slipway/revert-${shortCommit(hash)}`,
    effect: await effectOf({ ...request, source }),
    make: () => repository.revert({ commits: [hash], message }),
  }
}
