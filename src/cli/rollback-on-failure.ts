import type { Plan, PlanRequest } from '../plan/index.ts'
import { SlipwayError } from '../problem/index.ts'
import type { CarryOut } from './carrying-out.ts'
import { carryOut } from './carry-out.ts'
import { goodCommits } from './last-good.ts'
import { reportProblems } from './problems.ts'
import { findProvenance } from '../project/index.ts'
import type { Project, Provenance } from '../project/index.ts'
import { actorOf } from './actor.ts'
import { loadProject } from './project.ts'
import type { ProjectArgs } from './project.ts'

/** What is applied, and where it comes from. */
export interface Proven {
  project: Project
  provenance: Provenance
}

export interface FailedApply extends Proven {
  job: CarryOut
  args: ProjectArgs
  /** The endpoints that failed; the others stay as they are. */
  failed: string[]
  planFor: (proven: Proven, limit: Partial<PlanRequest>) => Promise<Plan>
}

/**
 * Returns the failed endpoints to the last commit that the record calls good (R6). Git still says what failed, so
 * somebody must revert it: which commit is said. What prevents the rollback is told; the answer stays that of the apply.
 */
export async function applyLastGood(input: FailedApply): Promise<void> {
  const { job, project, provenance, failed } = input
  const { terminal, cluster, directory } = job
  const { commit: ours } = provenance.info
  const [commit] = await goodCommits(cluster, project.set, ours)
  if (commit === undefined) {
    terminal.err('Nothing to roll back to: no other revision was applied with success.\n')
    return
  }
  terminal.err(`Rolling back ${failed.join(', ')} to ${short(commit)}, applied with success.\n`)
  try {
    await applyCommit(input, commit)
    if (ours !== undefined) terminal.err(`Git still says what failed: revert ${short(ours)}.\n`)
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
    options: options.smoke ? { ...options, smoke: before.set.endpoints } : options,
    // The answer of the command is the outcome that failed.
    terminal: { ...terminal, out: terminal.err, paintOut: terminal.paintErr },
    makePlan: () =>
      planFor(
        { project: before, provenance: good },
        { only: failed, options: { allowOlder: true } },
      ),
    approve: async () => true,
  })
}

const short = (commit: string) => commit.slice(0, 7)
