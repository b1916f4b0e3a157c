import { cleanLine } from '../foreign/index.ts'
import type { Repository } from '../git/index.ts'
import type { Proposal, ProposalEvent } from '../proposal/index.ts'
import { reportAsMarkdown } from '../report/index.ts'
import type { Rollback } from '../revisions/index.ts'
import { shortCommit } from '../words/index.ts'
import { confirmOrRefuse } from './confirm.ts'
import { applyCommit } from './next-command.ts'
import { switchFlag, type OptionTable } from './options.ts'
import { reportProblems } from './problems.ts'
import { projectFolder, type ProjectArgs } from './project.ts'
import { appendSummary, lookOf } from './show.ts'
import type { Terminal } from './terminal.ts'

/** Of commands that make a commit. */
export const COMMITTING = {
  push: switchFlag('Push the commit to the branch that this one tracks'),
  pr: switchFlag('Make the commit on a branch of its own and open a pull request with gh'),
} as const satisfies OptionTable

/** Of those that bring back what was. */
export const ROLLING_BACK = {
  'other-environments': switchFlag(
    'With --yes, go on even though environments other than that of -e change, too',
  ),
  ...COMMITTING,
} as const satisfies OptionTable

/** Where commands that make a commit work. */
interface Checkout {
  repository: Repository
  /** Of the project. */
  directory: string
  terminal: Terminal
}

export async function openCheckout(
  args: Pick<ProjectArgs, 'directory'>,
  terminal: Terminal,
): Promise<Checkout> {
  const directory = await projectFolder(args)
  const { openRepository } = await import('../git/index.ts')
  return { repository: await openRepository(directory), directory, terminal }
}

interface Proposing extends Checkout {
  /** What is asked when it is to be more than a look, before anybody confirms. Throws where it cannot be. */
  before?: () => Promise<void>
  args: { dryRun: boolean; yes: boolean; push: boolean; pr: boolean }
}

/** Shows what a commit would change, asks, and makes it; resolves to the exit code. `next` is left to be done after a commit that is not pushed. */
export async function propose(
  proposal: Proposal,
  { before, next, args, directory, repository, terminal }: Proposing & { next: string },
): Promise<number> {
  terminal.out(proposal.textFor(terminal.paintOut, lookOf(terminal).columns))
  reportProblems(proposal.warnings, terminal, directory)
  const pages = proposal.reports.map(report => reportAsMarkdown(report))
  await appendSummary(pages.join('\n'), terminal)
  if (args.dryRun || proposal.isEmpty) return 0
  await before?.()
  if (!(await confirmOrRefuse('Commit this?', { yes: args.yes, terminal }))) return 1
  const { makeProposal } = await import('../proposal/index.ts')
  const { push, pr } = args
  const onEvent = (event: ProposalEvent) => tell(event, terminal)
  await makeProposal({ proposal, repository, push, pr, onEvent })
  if (!push && !pr) terminal.err(next)
  return 0
}

interface ProposingRollback extends Proposing {
  args: Proposing['args'] & { environment?: string | undefined; otherEnvironments: boolean }
}

/** The same for a rollback, or a canary's step. */
export async function proposeRollback(
  planned: Rollback,
  { before, ...input }: ProposingRollback,
): Promise<number> {
  const { args } = input
  const { refuseOthers, warnOfOthers } = await import('../revisions/index.ts')
  const { rollbackProposal } = await import('../proposal/index.ts')
  // Whoever is asked has seen them.
  const otherEnvironments = args.otherEnvironments || !args.yes
  const told = args.dryRun && !args.otherEnvironments ? warnOfOthers(planned) : []
  const seen = { ...planned, warnings: [...planned.warnings, ...told] }
  return propose(rollbackProposal(seen, { otherEnvironments }), {
    ...input,
    before: async () => {
      await before?.()
      if (!otherEnvironments) refuseOthers(planned)
    },
    next: applyCommit(args.environment ?? planned.effects[0]?.environment, args),
  })
}

function tell(event: ProposalEvent, { out, err }: Terminal): void {
  if (event.type === 'committed') {
    const { hash, subject } = event.commit
    err(`committed ${shortCommit(hash)} ${cleanLine(subject)}\n`)
  } else if (event.type === 'pushed') {
    const { remote, branch } = event.to
    err(`pushed to ${remote}/${branch}\n`)
  } else {
    if (event.type === 'already-open') err('A pull request for this is already open:\n')
    out(`${event.address}\n`)
  }
}
