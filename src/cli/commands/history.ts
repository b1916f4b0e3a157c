import type { SetParent } from '../../object/index.ts'
import { HISTORY_VIEWS } from '../../report/index.ts'
import { defineCommand } from '../command.ts'
import { atCluster, textFlag } from '../options.ts'
import { loadSpecs } from '../project.ts'
import { clustersFor } from '../session.ts'
import { show } from '../show.ts'

export const historyCommand = defineCommand({
  name: 'history',
  summary: 'List what was applied: commit, time, result, changes, by whom',
  description:
    'Reads the record of revisions that the cluster keeps with the set, newest first, and joins it with git: the commits that ' +
    'each brought, as far as this clone has them.',
  positionals: {},
  options: {
    endpoint: textFlag('List only what changed the files of this endpoint'),
    ...atCluster(HISTORY_VIEWS),
  },
  examples: [
    ['history -e production', 'What was applied to production'],
    ['history -e production --endpoint chat', 'When chat changed, and by which commits'],
  ],
  run: async (args, terminal) => {
    const inCluster = clustersFor({ args, terminal })
    const project = await loadSpecs(args, terminal)
    const { readHistory } = await import('../../revisions/index.ts')
    const history = await readHistory({ project, endpoint: args.endpoint, inCluster })
    const { revisions, isRecorded, now } = history
    if (!isRecorded) terminal.err(unrecorded(history.parent, project.set.environment.name))
    await show(HISTORY_VIEWS[args.output], revisions, { terminal, now })
    return 0
  },
})

/** That nothing was applied is not known. */
function unrecorded({ name, namespace }: SetParent, environment: string): string {
  return `No apply is recorded in ConfigMap ${namespace}/${name}. If there was one, the record was deleted; slipway status -e ${environment} shows what is live.\n`
}
