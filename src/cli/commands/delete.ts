import { failure } from '../../problem/index.ts'
import { applyOptions, CARRYING_OUT } from '../applying.ts'
import { carryOut } from '../carry-out.ts'
import { defineCommand } from '../command.ts'
import { confirmOrRefuse } from '../confirm.ts'
import { atCluster, switchFlag } from '../options.ts'
import { DELETING, MOVED, planOptions } from '../planning.ts'
import { loadWithProvenance } from '../project.ts'
import { clustersFor } from '../session.ts'
import { OUTCOME_VIEWS } from '../../report/index.ts'

export const remove = defineCommand({
  name: 'delete',
  summary: 'Delete endpoints from the cluster, and wait until they and their pods are gone',
  description:
    'Deletes whatever exists of the endpoints, in any runtime, whatever the specs say now. An endpoint that stays in git ' +
    'comes back with the next apply: remove its file, too.',
  positionals: { names: { describe: 'Endpoints to delete', many: true } },
  options: {
    all: switchFlag('Delete every endpoint of the set'),
    ...CARRYING_OUT,
    wait: { ...CARRYING_OUT.wait, describe: 'Wait until the objects and their pods are gone' },
    ...DELETING,
    ...MOVED,
    ...atCluster(OUTCOME_VIEWS),
  },
  examples: [
    ['delete chat -e production', 'Shows what would be deleted, asks, deletes, waits'],
    ['delete --all -e sandbox --yes', 'Everything, without asking'],
    ['delete chat --dry-run', 'Only look'],
  ],
  run: async (args, terminal) => {
    const { names, all } = args
    if (all === names.length > 0) {
      throw failure('usage', 'slipway delete needs either the names of endpoints or --all')
    }
    const options = applyOptions(args)
    const inCluster = clustersFor({ args, terminal })
    const { provenance, project } = await loadWithProvenance(args, terminal, { isNamesOnly: all })
    const { actionsOf } = await import('../../plan/index.ts')
    const { projectDelivery } = await import('../../delivery/index.ts')
    const { directory, set } = project
    return inCluster(set.environment, async cluster => {
      const { exitCode } = await carryOut({
        ...projectDelivery(
          { project, provenance },
          {
            cluster,
            remove: all ? 'all' : names,
            planOptions: planOptions(args),
            applyOptions: options,
          },
        ),
        args,
        directory,
        terminal,
        approve: async plan =>
          actionsOf(plan).length === 0 ||
          confirmOrRefuse(`Delete this from ${plan.environment} (${cluster.context})?`, {
            yes: args.yes,
            terminal,
          }),
      })
      return exitCode
    })
  },
})
