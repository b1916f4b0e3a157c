import { setParent } from '../../object/index.ts'
import { historyAsJson, historyAsText } from '../../report/index.ts'
import { defineCommand } from '../command.ts'
import { jsonText } from '../json.ts'
import { CLUSTER, NAMESPACE, outputOption } from '../options.ts'
import { loadProject } from '../project.ts'
import { withCluster } from '../session.ts'

export const history = defineCommand({
  name: 'history',
  summary: 'List what was applied: commit, time, result, changes, by whom',
  description: 'Reads the record of revisions that the cluster keeps with the set, newest first.',
  positionals: {},
  options: { ...CLUSTER, ...NAMESPACE, ...outputOption(['text', 'json']) },
  examples: [['history -e production', 'What was applied to production']],
  run: async (args, terminal) => {
    const { set } = await loadProject(args, terminal)
    const { project, environment } = set
    const { readRevisions } = await import('../../apply/index.ts')
    const parent = setParent(project, environment.name, environment.namespace)
    const revisions = await withCluster({ args, environment, terminal }, cluster =>
      readRevisions(cluster, parent),
    )
    terminal.out(
      args.output === 'json'
        ? jsonText(historyAsJson(revisions))
        : historyAsText(revisions, terminal.paintOut, Date.now()),
    )
    return 0
  },
})
