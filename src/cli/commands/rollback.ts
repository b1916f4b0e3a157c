import { failure } from '../../problem/index.ts'
import { changesAsText } from '../../report/index.ts'
import { defineCommand } from '../command.ts'
import { confirmOrRefuse } from '../confirm.ts'
import { CLUSTER, NAMESPACE, YES } from '../options.ts'
import { projectFolder } from '../project.ts'
import { openRepositoryOf } from '../revision.ts'
import { lastGoodPlan, rollbackChanges, rollbackText } from '../rollback.ts'

export const rollback = defineCommand({
  name: 'rollback',
  summary: 'Make the commit that brings the project back to an earlier revision',
  description:
    'Shows what would be taken back, asks, and commits the project as it was at the revision: a new commit, so that git says ' +
    'what runs. The pipeline, or `slipway apply`, then applies it. Without --to: the newest other revision that was ' +
    'applied with success, from the record in the cluster.',
  positionals: {},
  options: {
    to: {
      type: 'string',
      requiresArg: true,
      describe: 'The revision to go back to; needs no cluster',
    },
    push: {
      type: 'boolean',
      default: false,
      describe: 'Push the commit to where the branch tracks',
    },
    'dry-run': {
      type: 'boolean',
      default: false,
      describe: 'Show what would be taken back and stop',
    },
    ...YES,
    ...CLUSTER,
    ...NAMESPACE,
  },
  examples: [
    ['rollback -e production', 'To the last revision that was good there'],
    [
      'rollback --to HEAD~1 --push --yes',
      'Take back the last commit, and let the pipeline apply it',
    ],
  ],
  run: async (args, terminal) => {
    const directory = await projectFolder(args)
    const repository = await openRepositoryOf(directory)
    const plan =
      args.to === undefined
        ? await lastGoodPlan(args, { repository, terminal })
        : await repository.revertPlan({ to: args.to })
    if (plan.files.length === 0) {
      throw failure('nothing-to-roll-back', `the project is already as it was at ${args.to}`)
    }
    terminal.out(rollbackText(plan))
    const changes = await rollbackChanges({ args, directory, plan })
    if (changes !== undefined) terminal.out(changesAsText(changes, terminal.paintOut))
    if (args.dryRun) return 0
    if (!(await confirmOrRefuse('Commit this?', { yes: args.yes, terminal }))) return 1
    const message = `Roll back to ${plan.to.hash.slice(0, 7)}\n\n${plan.to.subject}`
    const commit = await repository.restore({ revision: plan.to.hash, message })
    terminal.err(`committed ${commit.hash.slice(0, 7)} ${commit.subject}\n`)
    if (!args.push) return 0
    const { remote, branch } = await repository.push()
    terminal.err(`pushed to ${remote}/${branch}\n`)
    return 0
  },
})
