import { asProblem, ClusterError, type InCluster } from '../cluster/index.ts'
import { thrownProblems, type Problem } from '../problem/index.ts'
import {
  absentFiles,
  loadWithProvenance,
  sideBySide,
  type InTurn,
  type ProjectChoice,
} from '../project/index.ts'
import type { EnvironmentStatus, FleetStatus } from './fleet-status.ts'
import { readStatus } from './read-status.ts'

export interface FleetQuestion {
  /** Of the project. */
  directory: string
  choice: Omit<ProjectChoice, 'environment'>
  environments: readonly string[]
  /** Endpoints; all when empty. */
  names?: readonly string[]
  /** Who asks and where. */
  actor: string
  inCluster: InCluster
  /** Hears of the warnings of each environment. */
  onWarnings: (warnings: readonly Problem[]) => void
}

/** The state of several environments, read side by side where they are small: one that cannot be read says why. */
export async function readFleet(question: FleetQuestion): Promise<FleetStatus> {
  const read = await sideBySide(question.environments, (environment, inTurn) =>
    readOrSay(question, environment, inTurn),
  )
  const project = read.find(each => each.project !== undefined)?.project ?? 'project'
  return { project, environments: read.map(({ status }) => status) }
}

interface Read {
  project?: string
  status: EnvironmentStatus
}

async function readOrSay(
  question: FleetQuestion,
  environment: string,
  inTurn: InTurn,
): Promise<Read> {
  try {
    return await readEnvironment(question, environment, inTurn)
  } catch (error) {
    const problems = error instanceof ClusterError ? [asProblem(error)] : thrownProblems(error)
    return { status: { environment, now: Date.now(), problems } }
  }
}

async function readEnvironment(
  question: FleetQuestion,
  environment: string,
  inTurn: InTurn,
): Promise<Read> {
  const { directory, names = [], actor, inCluster, onWarnings } = question
  const choice = { ...question.choice, environment }
  const { project, provenance, warnings } = await inTurn(() =>
    loadWithProvenance({ directory, choice, actor }),
  )
  onWarnings(warnings)
  const git = provenance.repository === undefined ? undefined : provenance.info
  const target = project.set.environment
  return inCluster(target, async cluster => {
    const report = await readStatus({ cluster, project, names, git })
    const problems = [...absentFiles(provenance), ...(report.problems ?? [])]
    const now = cluster.serverTime().getTime()
    const { name, context } = target
    return {
      project: project.set.project,
      status: { environment: name, context, report, now, problems },
    }
  })
}
