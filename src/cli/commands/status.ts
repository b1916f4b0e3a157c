import { statusAsJson, statusAsText } from '../../report/index.ts'
import type { StatusReport } from '../../report/index.ts'
import { defineCommand } from '../command.ts'
import { jsonText } from '../json.ts'
import { CLUSTER, NAMESPACE, outputOption } from '../options.ts'
import { loadProject } from '../project.ts'
import { withCluster } from '../session.ts'
import { readStatus } from '../set-status.ts'
import { watchStatus } from '../watch-status.ts'

export const status = defineCommand({
  name: 'status',
  summary: 'Show how endpoints are, and why those that are not ready are not',
  description:
    'Reads the cluster now: runtime, pods, GPUs and state of each endpoint, the last revision, and a diagnosis where ' +
    'something is wrong. Exit code 1 when an endpoint is not ready.',
  positionals: { names: { describe: 'Only these endpoints', many: true } },
  options: {
    watch: {
      alias: 'w',
      type: 'boolean',
      default: false,
      describe: 'Go on, and show each change, until interrupted',
    },
    ...CLUSTER,
    ...NAMESPACE,
    ...outputOption(['text', 'json']),
  },
  examples: [
    ['status -e production', 'Every endpoint'],
    ['status chat --watch', 'Follow one'],
    ['status -o json', 'For machines'],
  ],
  run: async (args, terminal) => {
    const project = await loadProject(args, terminal)
    const { environment } = project.set
    const show = (report: StatusReport) =>
      args.output === 'json'
        ? jsonText(statusAsJson(report))
        : statusAsText(report, terminal.paintOut, Date.now())
    return withCluster({ args, environment, terminal }, async cluster => {
      const read = () => readStatus(cluster, project, args.names)
      if (args.watch) return watchStatus({ read, show, terminal })
      const report = await read()
      terminal.out(show(report))
      return report.endpoints.every(({ state }) => state === 'ready') ? 0 : 1
    })
  },
})
