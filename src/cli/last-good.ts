import type { FailedApply, WayBack } from '../delivery/index.ts'
import { shortCommit } from '../words/index.ts'
import { carryOut, type CarryOut } from './carry-out.ts'
import { reportProblems } from './problems.ts'

/** Returns what failed to the last good commit, and tells how; the answer stays that of the apply. */
export async function returnToLastGood(
  job: CarryOut,
  failedApply: Omit<FailedApply, 'carryOut' | 'onStep'>,
): Promise<void> {
  const { applyLastGood } = await import('../delivery/index.ts')
  await applyLastGood({
    ...failedApply,
    carryOut: delivery =>
      carryOut({
        ...job,
        ...delivery,
        args: { ...job.args, planHash: undefined, output: 'text' },
        // The answer of the command is the outcome that failed.
        terminal: { ...job.terminal, out: job.terminal.err, paintOut: job.terminal.paintErr },
        approve: async () => true,
      }),
    onStep: step => tell(step, failedApply.failed, job),
  })
}

function tell(step: WayBack, failed: readonly string[], { directory, terminal }: CarryOut): void {
  const { err } = terminal
  const names = failed.join(', ')
  if (step.type === 'nothing')
    err(
      'Nothing to roll back to: no successfully applied revision differs from this one in what failed.\n',
    )
  else if (step.type === 'refused') reportProblems(step.problems, terminal, directory)
  else if (step.type === 'lost')
    err(
      `Rolling back ${names} to ${shortCommit(step.commit)} is not possible, and what failed stays as it is:\n`,
    )
  else if (step.type === 'left')
    err(`Git still has what failed: revert ${shortCommit(step.commit)}.\n`)
  else {
    err(`Rolling back ${names} to ${shortCommit(step.commit)}, which was applied successfully.\n`)
    reportProblems(step.warnings, terminal, directory)
  }
}
