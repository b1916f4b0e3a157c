import type { CarryOut } from './carry-out.ts'
import { carryOut } from './carry-out.ts'
import { goodCommits } from './last-good.ts'
import { loadProject } from './project.ts'
import type { Project, ProjectArgs } from './project.ts'
import { findRevision } from './revision.ts'

export interface FailedApply {
  job: CarryOut
  args: ProjectArgs
  project: Project
  planFor: (project: Project) => CarryOut['makePlan']
}

/** Applies the last commit that the record calls good (R6); git still says what failed, so somebody must act. */
export async function applyLastGood({ job, args, project, planFor }: FailedApply): Promise<void> {
  const { terminal, cluster, directory, revision } = job
  const [commit] = await goodCommits(cluster, project.set, revision.info.commit)
  if (commit === undefined) {
    terminal.err('Nothing to roll back to: no other revision was applied with success.\n')
    return
  }
  terminal.err(`Rolling back to ${commit.slice(0, 7)}, which was applied with success.\n`)
  const good = await findRevision(directory, { revision: commit, env: terminal.env })
  const before = await loadProject(args, terminal, good.source)
  await carryOut({
    ...job,
    args: { ...job.args, planHash: undefined, output: 'text' },
    revision: good,
    // The answer of the command is the outcome that failed.
    terminal: { ...terminal, out: terminal.err, paintOut: terminal.paintErr },
    makePlan: planFor(before),
    approve: async () => true,
  })
}
