import { cleanLine, withoutSkip } from '../foreign/index.ts'
import { failure } from '../problem/index.ts'
import { shortCommit } from '../words/index.ts'
import { effectsOf, refuseUnknown, renderEverywhere } from './effects.ts'
import { outsideHistory } from './outside-history.ts'
import { rollbackBy, type Rollback, type RollbackRequest } from './rollback.ts'

/** One commit alone goes back, a merge with all that it brought, as by git revert; what came later stays. */
export async function planRevert(
  request: Pick<RollbackRequest, 'repository' | 'directory' | 'choice'>,
  revision: string,
): Promise<Rollback> {
  const { repository, directory, choice } = request
  const { hash, subject } = await repository.commitAt(revision)
  const before = await repository.parentOf(hash)
  const { commits, files } = await repository.revertPlan({ from: hash, to: before })
  if (files.length === 0) {
    throw failure('nothing-to-roll-back', `${shortCommit(hash)} changes nothing of the project`)
  }
  const reverted = await repository.sourceAfterRevert([hash], directory)
  const now = await renderEverywhere(request, await repository.sourceAt('HEAD', directory))
  const after = await renderEverywhere(request, reverted)
  await refuseUnknown(request, now, after)
  const message = withoutSkip(`Revert "${cleanLine(subject)}"`)
  const found = {
    environment: choice.environment,
    headline: 'What came later stays; this is taken back',
    commits,
    files,
    message,
    branch: `slipway/revert-${shortCommit(hash)}`,
    effects: effectsOf(now, after),
    warnings: await outsideHistory({
      repository,
      commit: hash,
      consequence: 'only lines that are still as it made them are taken back',
    }),
  }
  return rollbackBy(found, () => repository.revert({ commits: [hash], message }))
}
