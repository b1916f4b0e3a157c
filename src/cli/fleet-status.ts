import type { EnvironmentStatus, FleetStatus } from '../overview/index.ts'
import { absentFiles, withoutRepetition } from '../project/index.ts'
import { FLEET_VIEWS } from '../report/index.ts'
import { problemsOf } from './failure.ts'
import { reportProblems } from './problems.ts'
import { loadWithProvenance, projectFolder } from './project.ts'
import type { ProjectArgs } from './project.ts'
import { withCluster } from './session.ts'
import type { ClusterArgs } from './session.ts'
import { show } from './show.ts'
import type { Terminal } from './terminal.ts'

interface FleetArgs extends ProjectArgs, ClusterArgs {
  names: readonly string[]
  output: keyof typeof FLEET_VIEWS
}

/** The state of several environments, read side by side: one that cannot be read says why, and the others are shown. */
export async function showFleet(
  args: FleetArgs,
  environments: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const read = await Promise.all(environments.map(each => readOrSay(args, each, terminal)))
  const project = read.find(each => each.project !== undefined)?.project ?? 'project'
  const fleet: FleetStatus = { project, environments: read.map(({ status }) => status) }
  const problems = fleet.environments.flatMap(each => each.problems)
  reportProblems(withoutRepetition(problems), terminal, args.directory)
  const now = Math.max(...fleet.environments.map(each => each.now))
  await show(FLEET_VIEWS[args.output], fleet, { terminal, now })
  const { fleetExitCode } = await import('../overview/index.ts')
  return fleetExitCode(fleet)
}

interface Read {
  project?: string
  status: EnvironmentStatus
}

async function readOrSay(args: FleetArgs, environment: string, terminal: Terminal): Promise<Read> {
  const told = (status: EnvironmentStatus) => terminal.advised(status, environment)
  try {
    const { project, status } = await readEnvironment({ ...args, environment }, terminal)
    return { project, status: told(status) }
  } catch (error) {
    const problems = await problemsOf(error)
    return { status: told({ environment, now: Date.now(), problems }) }
  }
}

async function readEnvironment(args: FleetArgs, terminal: Terminal): Promise<Required<Read>> {
  const directory = await projectFolder(args)
  const { provenance, project } = await loadWithProvenance(args, { directory }, terminal)
  const { environment } = project.set
  const git = provenance.repository === undefined ? undefined : provenance.info
  // What a webhook that is down would say is not worth waiting for.
  const session = { args, environment, terminal, webhookPatienceSeconds: 0 }
  const { readStatus } = await import('../overview/index.ts')
  return withCluster(session, async cluster => {
    const report = await readStatus({ cluster, project, names: args.names, git })
    const problems = [...absentFiles(provenance), ...(report.problems ?? [])]
    const now = cluster.serverTime().getTime()
    const { name, context } = environment
    return {
      project: project.set.project,
      status: { environment: name, context, report, now, problems },
    }
  })
}
