import { cleanLine } from '../../foreign/index.ts'
import type { Commit, PushedTo, Repository } from '../../git/index.ts'
import { escapeMarkdown } from '../../report/index.ts'
import type { Effect } from '../../revisions/index.ts'
import { listOf, shortCommit } from '../../words/index.ts'
import type { OptionTable } from '../options.ts'
import type { Terminal } from '../terminal.ts'
import { findPullRequest, openPullRequest, requireGh } from './pull-request.ts'

/** Of commands that make a commit. */
export const COMMITTING = {
  push: {
    type: 'boolean',
    default: false,
    describe: 'Push the commit to the branch that this one tracks',
  },
  pr: {
    type: 'boolean',
    default: false,
    describe: 'Make the commit on a branch of its own and open a pull request with gh',
  },
} as const satisfies OptionTable

/** A commit that is decided and not yet made. */
export interface Proposal {
  message: string
  /** For a pull request. */
  branch: string
  /** Paragraphs of its text, in Markdown. */
  body: readonly string[]
  make: () => Promise<Commit>
}

interface Making {
  proposal: Proposal
  args: { push: boolean; pr: boolean }
  repository: Repository
  terminal: Terminal
}

/** The commit; where it goes next. */
export async function makeCommit(input: Making): Promise<void> {
  const { args, proposal, repository, terminal } = input
  if (args.pr) return makePullRequest(input)
  if (args.push) await repository.pushTarget()
  tellCommit(await proposal.make(), terminal)
  if (args.push) tellPush(await repository.push(), terminal)
}

/** One that is open already says the same: the branch is named for what is in it. */
async function makePullRequest({ proposal, repository, terminal }: Making): Promise<void> {
  await requireGh(repository.root)
  const { branch: head, message, body } = proposal
  const open = await findPullRequest(repository.root, head)
  if (open !== undefined) {
    terminal.err('A pull request for this is already open:\n')
    terminal.out(`${open}\n`)
    return
  }
  const base = await repository.onNewBranch(head, async before => {
    tellCommit(await proposal.make(), terminal)
    tellPush(await repository.push(), terminal)
    return before
  })
  const [title = ''] = message.split('\n')
  const text = body.join('\n\n')
  terminal.out(`${await openPullRequest(repository.root, { base, head, title, body: text })}\n`)
}

/** Which environments the commit changes, for the text of a pull request. */
export function changedText(effects: readonly Effect[]): string {
  const names = effects.map(({ environment }) => escapeMarkdown(environment))
  return names.length === 0 ? 'No environment changes.' : `What changes: ${listOf(names)}.`
}

function tellCommit({ hash, subject }: Commit, { err }: Terminal): void {
  err(`committed ${shortCommit(hash)} ${cleanLine(subject)}\n`)
}

function tellPush({ remote, branch }: PushedTo, { err }: Terminal): void {
  err(`pushed to ${remote}/${branch}\n`)
}
