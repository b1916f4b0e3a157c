import { SlipwayError } from '../problem/index.ts'
import type { CarryOut } from './carry-out.ts'
import { carryOut } from './carry-out.ts'
import { goodCommits } from './last-good.ts'
import { reportProblems } from './problems.ts'
import { findProvenance } from '../project/index.ts'
import type { Project } from '../project/index.ts'
import { actorOf } from './actor.ts'
import { loadProject } from './project.ts'
import type { ProjectArgs } from './project.ts'

export interface FailedApply {
  job: CarryOut
  args: ProjectArgs
  project: Project
  /** The endpoints that failed; the others stay as they are. */
  failed: string[]
  planFor: (project: Project, failed: string[]) => CarryOut['makePlan']
}

/**
 * Returns the failed endpoints to the last commit that the record calls good (R6). Git still says what failed, so
 * somebody must revert it: which commit is said. What prevents the rollback is told; the answer stays that of the apply.
 */
export async function applyLastGood(input: FailedApply): Promise<void> {
  const { job, project, failed } = input
  const { terminal, cluster, directory, revision } = job
  const [commit] = await goodCommits(cluster, project.set, revision.info.commit)
  if (commit === undefined) {
    terminal.err('Nothing to roll back to: no other revision was applied with success.\n')
    return
  }
  terminal.err(`Rolling back ${failed.join(', ')} to ${short(commit)}, applied with success.\n`)
  try {
    await applyCommit(input, commit)
    if (revision.info.commit !== undefined)
      terminal.err(`Git still says what failed: revert ${short(revision.info.commit)}.\n`)
  } catch (error) {
    if (!(error instanceof SlipwayError)) throw error
    reportProblems(error.problems, terminal, directory)
  }
}

async function applyCommit(
  { job, args, failed, planFor }: FailedApply,
  commit: string,
): Promise<void> {
  const { terminal, directory, options } = job
  const good = await findProvenance(directory, { revision: commit, actor: actorOf(terminal.env) })
  const before = await loadProject(args, terminal, good.source)
  await carryOut({
    ...job,
    args: { ...job.args, planHash: undefined, output: 'text' },
    revision: good,
    options: options.smoke ? { ...options, smoke: before.set.endpoints } : options,
    // The answer of the command is the outcome that failed.
    terminal: { ...terminal, out: terminal.err, paintOut: terminal.paintErr },
    makePlan: planFor(before, failed),
    approve: async () => true,
  })
}

const short = (commit: string) => commit.slice(0, 7)
