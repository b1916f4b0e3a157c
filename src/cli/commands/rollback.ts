import { failure } from '../../problem/index.ts'
import { defineCommand } from '../command.ts'
import { CLUSTER, NAMESPACE, YES, switchFlag, textFlag } from '../options.ts'
import { openCheckout, proposeRollback, ROLLING_BACK } from '../propose.ts'
import type { RollbackRequest } from '../../revisions/index.ts'
import { clustersFor } from '../session.ts'

export const rollback = defineCommand({
  name: 'rollback',
  summary: 'Make the commit that brings the project back to an earlier revision',
  description:
    'Shows what would be taken back, asks, and commits the project as it was at the revision: a new commit, so that git says ' +
    'what runs. The pipeline, or `slipway apply`, then applies it. Without --to: the newest other revision that was ' +
    'applied successfully, from the record in the cluster. Only slipway.yaml, the endpoints and the catalogues go back; ' +
    'other files of the repository stay.',
  positionals: { names: { describe: 'Only this endpoint', many: true } },
  options: {
    to: textFlag('Go back to this revision; needs no cluster'),
    commit: textFlag(
      'Take back this commit alone, a merge with all it brought; what came later stays. Needs no cluster',
    ),
    ...ROLLING_BACK,
    'dry-run': switchFlag('Show what would be taken back and stop'),
    ...YES,
    ...CLUSTER,
    ...NAMESPACE,
  },
  examples: [
    ['rollback -e production', 'To the last revision that was good there'],
    ['rollback -e production chat --pr', 'One endpoint only, on a pull request'],
    [
      'rollback --commit 1a2b3c4',
      'One change out of the middle, as git revert; conflicts are named',
    ],
    [
      'rollback --to HEAD~1 --push --yes',
      'Take back the last commit, and let the pipeline apply it',
    ],
  ],
  run: async (given, terminal) => {
    const args = { ...given, name: onlyName(given) }
    const checkout = await openCheckout(args, terminal)
    const { commit, to, name } = args
    const input = { ...checkout, choice: args, to, name }
    const { planRevert, planRollback } = await import('../../revisions/index.ts')
    const readRecord: RollbackRequest['readRecord'] = async set => {
      const { readRevisions } = await import('../../plan/index.ts')
      const inCluster = clustersFor({ args, terminal })
      return inCluster(set.environment, cluster => readRevisions(cluster, set))
    }
    const planned =
      commit === undefined
        ? await planRollback({ ...input, readRecord })
        : await planRevert(input, commit)
    return proposeRollback(planned, { ...checkout, args })
  },
})

interface Scope {
  names: readonly string[]
  to?: string | undefined
  commit?: string | undefined
}

function onlyName({ names, to, commit }: Scope): string | undefined {
  if (names.length > 1) throw failure('usage', 'rollback takes one endpoint, or none for all')
  if (commit !== undefined && (to !== undefined || names.length > 0))
    throw failure(
      'usage',
      '--commit takes back a whole commit: it cannot be used with an endpoint or --to',
    )
  return names[0]
}
