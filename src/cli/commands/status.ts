import type { KnownDecisions } from '../../plan/index.ts'
import { FLEET_VIEWS, STATUS_VIEWS } from '../../report/index.ts'
import type { StatusReport } from '../../overview/index.ts'
import { defineCommand } from '../command.ts'
import { DIAGNOSTICS, writeBundles } from '../diagnostics.ts'
import { OF_ONE, SEVERAL, severalOf } from '../environments.ts'
import { boundHeapGrowth } from '../memory.ts'
import { atCluster, refuseGiven, switchFlag } from '../options.ts'
import { reportProblems } from '../problems.ts'
import { loadWithProvenance, projectFolder, type ProjectArgs } from '../project.ts'
import { absentFiles, actorOf, withoutRepetition } from '../../project/index.ts'
import { clustersFor, type ClusterArgs } from '../session.ts'
import { watchStatus } from '../watch-status.ts'
import { lookOf, show } from '../show.ts'
import type { Terminal } from '../terminal.ts'

export const status = defineCommand({
  name: 'status',
  summary: 'Show the state of endpoints, and why some are not ready',
  description:
    'Reads the cluster now: runtime, pods, GPUs and state of each endpoint, the revision applied to it and whether it is as ' +
    'git says (synced, drifted: changed in the cluster only, differs: git has moved on, or ?: not permitted to find out), and a ' +
    'diagnosis where something is wrong. Exit code 1 when an endpoint is not ready.',
  positionals: { names: { describe: 'Only these endpoints', many: true } },
  options: {
    watch: { alias: 'w', ...switchFlag('Keep watching and show each change, until interrupted') },
    ...SEVERAL,
    ...DIAGNOSTICS,
    ...atCluster(STATUS_VIEWS),
  },
  examples: [
    ['status -e production', 'Every endpoint'],
    ['status chat --watch', 'Follow one'],
    ['status --diagnostics-dir diagnostics', 'Everything about what is not ready, on disk'],
    [
      'status --all-environments',
      'One table; also -e staging,production, or a group of slipway.yaml',
    ],
    ['status --all-environments -o html > index.html', 'A page for a browser'],
    ['status -o wide', 'With image, model and address'],
    ['status -o json', 'For machines; also -o yaml'],
    ['status -o name', 'Only names, for scripts'],
  ],
  run: async (args, terminal) => {
    const environments = await severalOf(args)
    if (environments !== undefined) {
      const { watch, diagnosticsDir } = args
      const remedy = 'Name one environment with -e.'
      refuseGiven({ '--watch': watch, '--diagnostics-dir': diagnosticsDir }, OF_ONE, remedy)
      return showFleet(args, environments, terminal)
    }
    // What a webhook that is down would say is not worth waiting for.
    const inCluster = clustersFor({ args, terminal, webhookPatienceSeconds: 0 })
    const { provenance, project } = await loadWithProvenance(args, terminal)
    const { directory, set } = project
    const git = provenance.repository === undefined ? undefined : provenance.info
    reportProblems(absentFiles(provenance), terminal, directory)
    const { readStatus } = await import('../../overview/index.ts')
    return inCluster(set.environment, async cluster => {
      const { names } = args
      const now = () => cluster.serverTime().getTime()
      const shown = (report: StatusReport) =>
        STATUS_VIEWS[args.output](terminal.advised(report), {
          ...lookOf(terminal),
          now: now(),
          subject: set.project,
        })
      const known: KnownDecisions = new Map()
      const read = () => readStatus({ cluster, project, names, git, known })
      if (args.watch) return watchStatus({ read, show: shown, terminal })
      const report = await read()
      reportProblems(report.problems ?? [], terminal, directory)
      terminal.out(await shown(report))
      if (args.diagnosticsDir !== undefined) {
        const { gatherInTrouble } = await import('../../doctor/index.ts')
        const bundles = await gatherInTrouble(cluster, project, report)
        await writeBundles(bundles, args.diagnosticsDir, terminal)
      }
      return report.endpoints.every(({ state }) => state === 'ready') ? 0 : 1
    })
  },
})

interface FleetArgs extends ProjectArgs, ClusterArgs {
  names: readonly string[]
  output: keyof typeof FLEET_VIEWS
}

/** The state of several environments: one that cannot be read says why, and the others are shown. */
async function showFleet(
  args: FleetArgs,
  environments: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const { names, output, namespace } = args
  boundHeapGrowth()
  const directory = await projectFolder(args)
  const { fleetExitCode, readFleet } = await import('../../overview/index.ts')
  const read = await readFleet({
    directory,
    choice: { namespace },
    environments,
    names,
    actor: actorOf(terminal.env),
    // What a webhook that is down would say is not worth waiting for.
    inCluster: clustersFor({ args, terminal, webhookPatienceSeconds: 0 }),
    onWarnings: warnings => reportProblems(warnings, terminal, directory),
  })
  const told = read.environments.map(each => terminal.advised(each, each.environment))
  const fleet = { ...read, environments: told }
  const problems = fleet.environments.flatMap(each => each.problems)
  reportProblems(withoutRepetition(problems), terminal, args.directory)
  const now = Math.max(...fleet.environments.map(each => each.now))
  await show(FLEET_VIEWS[output], fleet, { terminal, now })
  return fleetExitCode(fleet)
}
