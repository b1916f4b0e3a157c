import { setParent } from '../../object/index.ts'
import type { SetParent } from '../../object/index.ts'
import { HISTORY_VIEWS } from '../../report/index.ts'
import { defineCommand } from '../command.ts'
import { CLUSTER, NAMESPACE, viewOption } from '../options.ts'
import { loadSpecs } from '../project.ts'
import { repositoryOf } from '../../project/index.ts'
import { withCluster } from '../session.ts'
import { show } from '../show.ts'

export const history = defineCommand({
  name: 'history',
  summary: 'List what was applied: commit, time, result, changes, by whom',
  description:
    'Reads the record of revisions that the cluster keeps with the set, newest first, and joins it with git: the commits that ' +
    'each brought, as far as this clone has them.',
  positionals: {},
  options: {
    endpoint: {
      type: 'string',
      requiresArg: true,
      describe: 'List only what changed the files of this endpoint',
    },
    ...CLUSTER,
    ...NAMESPACE,
    ...viewOption(HISTORY_VIEWS),
  },
  examples: [
    ['history -e production', 'What was applied to production'],
    ['history -e production --endpoint chat', 'When chat changed, and by which commits'],
  ],
  run: async (args, terminal) => {
    const { set, directory } = await loadSpecs(args, terminal)
    const { project, environment } = set
    const { readRevisions } = await import('../../plan/index.ts')
    const { joinCommits } = await import('../../revisions/index.ts')
    const parent = setParent(project, environment.name, environment.namespace)
    const { recorded, now } = await withCluster({ args, environment, terminal }, async cluster => ({
      recorded: await readRevisions(cluster, set),
      now: cluster.serverTime().getTime(),
    }))
    const { endpoint } = args
    const repository = await repositoryOf(directory, { isNeeded: endpoint !== undefined })
    const revisions =
      repository === undefined
        ? recorded
        : await joinCommits({ revisions: recorded, repository, directory, endpoint })
    if (recorded.length === 0) terminal.err(unrecorded(parent, environment.name))
    await show(HISTORY_VIEWS[args.output], revisions, { terminal, now })
    return 0
  },
})

/** That nothing was applied is not known. */
function unrecorded({ name, namespace }: SetParent, environment: string): string {
  return `No apply is recorded in ConfigMap ${namespace}/${name}. If there was one, the record was deleted; slipway status -e ${environment} shows what is live.\n`
}
