import type { Plan, PlanRequest } from '../plan/index.ts'
import { SlipwayError } from '../problem/index.ts'
import type { CarryOut } from './carrying-out.ts'
import { carryOut } from './carry-out.ts'
import { reportProblems } from './problems.ts'
import type { Project, ProjectChoice, ProvenProject, Provenance } from '../project/index.ts'

/** What is applied, and where it comes from. */
export interface Proven {
  project: Project
  provenance: Provenance
}

export interface FailedApply extends Proven {
  job: CarryOut
  args: ProjectChoice
  /** The endpoints that failed; the others stay as they are. */
  failed: string[]
  planFor: (proven: Proven, limit: Partial<PlanRequest>) => Promise<Plan>
}

/**
 * Returns the failed endpoints to the last commit that the record calls good (R6). Git still says what failed, so
 * somebody must revert it: which commit is said. What prevents the rollback is told; the answer stays that of the apply.
 */
export async function applyLastGood(input: FailedApply): Promise<void> {
  const { job, provenance, failed } = input
  const { terminal, directory } = job
  const { commit: ours } = provenance.info
  try {
    const good = await lastGood(input)
    if (good === undefined) {
      terminal.err(
        'Nothing to roll back to: no successfully applied revision differs from this one in what failed.\n',
      )
      return
    }
    terminal.err(
      `Rolling back ${failed.join(', ')} to ${short(good.commit)}, which was applied successfully.\n`,
    )
    await applyGood(input, good)
    if (ours !== undefined) terminal.err(`Git still has what failed: revert ${short(ours)}.\n`)
  } catch (error) {
    if (!(error instanceof SlipwayError)) throw error
    reportProblems(error.problems, terminal, directory)
  }
}

async function lastGood({ job, args: choice, project, provenance, failed }: FailedApply) {
  const { loadLastGood } = await import('../revisions/index.ts')
  const { readRevisions } = await import('../plan/index.ts')
  const revisions = await readRevisions(job.cluster, project.set)
  const onLost = (commit: string) =>
    job.terminal.err(
      `Rolling back ${failed.join(', ')} to ${short(commit)} is not possible, and what failed stays as it is:\n`,
    )
  return loadLastGood({ revisions, project, provenance, choice, endpoints: failed, onLost })
}

async function applyGood(
  { job, failed, planFor }: FailedApply,
  good: ProvenProject,
): Promise<void> {
  const { terminal, directory, options } = job
  const { project, warnings } = good
  reportProblems(warnings, terminal, directory)
  await carryOut({
    ...job,
    args: { ...job.args, planHash: undefined, output: 'text' },
    options: {
      ...options,
      endpoints: project.set.endpoints,
      ...(options.smoke && { smoke: project.set.endpoints }),
    },
    // The answer of the command is the outcome that failed.
    terminal: { ...terminal, out: terminal.err, paintOut: terminal.paintErr },
    makePlan: () => planFor(good, { only: failed, options: { allowOlder: true } }),
    approve: async () => true,
  })
}

const short = (commit: string) => commit.slice(0, 7)
