import type { Commit, PushedTo, Repository } from '../git/index.ts'
import type { Proposal } from './proposal.ts'
import { findPullRequest, openPullRequest, requireGh } from './pull-request.ts'

/** What became of a proposal, one step after the other. */
export type ProposalEvent =
  | { type: 'committed'; commit: Commit }
  | { type: 'pushed'; to: PushedTo }
  /** A pull request that says the same was open already, and nothing was done. */
  | { type: 'already-open'; address: string }
  | { type: 'opened'; address: string }

export interface MakingProposal {
  proposal: Proposal
  repository: Repository
  /** Push the commit to the branch that this one tracks. */
  push?: boolean
  /** Make it on a branch of its own, and open a pull request with `gh`. */
  pr?: boolean
  onEvent: (event: ProposalEvent) => void
}

/** Makes the commit and takes it where it goes next. Throws SlipwayError before anything is changed where it cannot go there. */
export async function makeProposal(input: MakingProposal): Promise<void> {
  const { pr = false, push = false, proposal, repository, onEvent } = input
  if (pr) return makePullRequest(input)
  if (push) await repository.pushTarget()
  onEvent({ type: 'committed', commit: await proposal.make() })
  if (push) onEvent({ type: 'pushed', to: await repository.push() })
}

/** One that is open already says the same: the branch is named for what is in it. */
async function makePullRequest({ proposal, repository, onEvent }: MakingProposal): Promise<void> {
  await requireGh(repository.root)
  const { branch: head, message, body } = proposal
  const open = await findPullRequest(repository.root, head)
  if (open !== undefined) return onEvent({ type: 'already-open', address: open })
  const base = await repository.onNewBranch(head, async before => {
    onEvent({ type: 'committed', commit: await proposal.make() })
    onEvent({ type: 'pushed', to: await repository.push() })
    return before
  })
  const [title = ''] = message.split('\n')
  const request = { base, head, title, body: body.join('\n\n') }
  onEvent({ type: 'opened', address: await openPullRequest(repository.root, request) })
}
