import { actorOf, withoutRepetition } from '../project/index.ts'
import { FLEET_VIEWS } from '../report/index.ts'
import { reportProblems } from './problems.ts'
import { projectFolder, type ProjectArgs } from './project.ts'
import { clustersFor, type ClusterArgs } from './session.ts'
import { show } from './show.ts'
import type { Terminal } from './terminal.ts'

interface FleetArgs extends ProjectArgs, ClusterArgs {
  names: readonly string[]
  output: keyof typeof FLEET_VIEWS
}

/** The state of several environments: one that cannot be read says why, and the others are shown. */
export async function showFleet(
  args: FleetArgs,
  environments: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const { names, output, namespace } = args
  const directory = await projectFolder(args)
  const { fleetExitCode, readFleet } = await import('../overview/index.ts')
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
