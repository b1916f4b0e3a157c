import type { Cluster } from '../../cluster/index.ts'
import type { Bundle } from '../../doctor/index.ts'
import { statusAsJson, statusAsText } from '../../report/index.ts'
import type { StatusReport } from '../../report/index.ts'
import { defineCommand } from '../command.ts'
import { jsonText } from '../json.ts'
import { DIAGNOSTICS, writeBundles } from '../diagnostics.ts'
import { CLUSTER, NAMESPACE, outputOption } from '../options.ts'
import { loadProject } from '../project.ts'
import type { Project } from '../project.ts'
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
    ...DIAGNOSTICS,
    ...CLUSTER,
    ...NAMESPACE,
    ...outputOption(['text', 'json']),
  },
  examples: [
    ['status -e production', 'Every endpoint'],
    ['status chat --watch', 'Follow one'],
    ['status --diagnostics-dir diagnostics', 'Everything about what is not ready, on disk'],
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
      if (args.diagnosticsDir !== undefined)
        await writeBundles(await bundlesOf(cluster, project, report), args.diagnosticsDir, terminal)
      return report.endpoints.every(({ state }) => state === 'ready') ? 0 : 1
    })
  },
})

async function bundlesOf(
  cluster: Cluster,
  { set, objects }: Project,
  { endpoints }: StatusReport,
): Promise<Bundle[]> {
  const { gatherBundles } = await import('../../doctor/index.ts')
  const inTrouble = endpoints.filter(({ state }) => state !== 'ready')
  const questions = inTrouble.map(({ endpoint, namespace = set.environment.namespace }) => {
    const own = objects.filter(each => each.endpoint.name === endpoint)
    return { endpoint, namespace, desired: own.map(({ object }) => object) }
  })
  return gatherBundles(cluster, questions)
}
