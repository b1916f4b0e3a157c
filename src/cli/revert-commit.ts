import { failure } from '../problem/index.ts'
import { changesTo } from './comparison.ts'
import type { RollbackInput } from './rollback.ts'
import type { Rollback } from './rollback-view.ts'
import { shortCommit } from '../words/index.ts'

/** One commit alone goes back, a merge with all that it brought, as by git revert; what came later stays. */
export async function planRevert(input: RollbackInput, revision: string): Promise<Rollback> {
  const { args, repository, directory } = input
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
    changes: await changesTo({ source, directory, args, revision: 'the revert' }),
    make: () => repository.revert({ commits: [hash], message }),
  }
}
