import type { Repository } from '../../git/index.ts'
import type { Rollback } from '../../revisions/index.ts'
import { applyCommit } from '../next-command.ts'
import type { Terminal } from '../terminal.ts'
import { effectsText } from './effects.ts'
import { propose } from './propose.ts'
import { rollbackProposal, rollbackReports, rollbackText } from './rollback-view.ts'

interface ProposingRollback {
  args: {
    environment?: string | undefined
    otherEnvironments: boolean
    dryRun: boolean
    yes: boolean
    push: boolean
    pr: boolean
  }
  /** What is asked before the other environments are. */
  before?: () => Promise<void>
  repository: Repository
  /** Of the project. */
  directory: string
  terminal: Terminal
}

/** Proposes the commit of a rollback, or of a canary's step; resolves to the exit code. */
export async function proposeRollback(
  planned: Rollback,
  { before, ...input }: ProposingRollback,
): Promise<number> {
  const { args, terminal } = input
  const { refuseOthers } = await import('../../revisions/index.ts')
  // Whoever is asked has seen them.
  const otherEnvironments = args.otherEnvironments || !args.yes
  const end = await propose({
    ...input,
    text: `${rollbackText(planned)}${effectsText(planned, terminal.paintOut)}`,
    warnings: planned.warnings,
    reports: rollbackReports(planned),
    before: async () => {
      await before?.()
      if (!otherEnvironments) refuseOthers(planned)
    },
    proposal: rollbackProposal(planned, { otherEnvironments }),
    next: applyCommit(args.environment ?? planned.effects[0]?.environment, args),
  })
  return end === 'declined' ? 1 : 0
}
