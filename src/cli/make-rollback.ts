import { cleanLine } from '../foreign/index.ts'
import type { Commit, PushedTo, Repository } from '../git/index.ts'
import { escapeMarkdown } from '../report/index.ts'
import { listOf } from '../words/index.ts'
import { openPullRequest, requireGh } from './pull-request.ts'
import type { Meant, Rollback } from '../revisions/index.ts'
import type { Terminal } from './terminal.ts'
import { shortCommit } from '../words/index.ts'

export interface MakeRollback {
  rollback: Rollback
  meant: Meant
  args: { push: boolean; pr: boolean }
  repository: Repository
  terminal: Terminal
}

/** The commit; where it goes next. */
export async function makeRollback(input: MakeRollback): Promise<void> {
  const { args, rollback, meant, repository, terminal } = input
  if (args.pr) return makePullRequest(input)
  if (args.push) await repository.pushTarget()
  tellCommit(await rollback.make(meant), terminal)
  if (args.push) tellPush(await repository.push(), terminal)
}

async function makePullRequest({
  rollback,
  meant,
  repository,
  terminal,
}: MakeRollback): Promise<void> {
  await requireGh(repository.root)
  const { branch: head, message } = rollback
  const base = await repository.onNewBranch(head, async before => {
    tellCommit(await rollback.make(meant), terminal)
    tellPush(await repository.push(), terminal)
    return before
  })
  const [title = '', ...paragraphs] = message.split('\n\n')
  const parts = [...paragraphs.map(escapeMarkdown), changed(rollback), takenBack(rollback)]
  const body = parts.filter(part => part !== '').join('\n\n')
  terminal.out(`${await openPullRequest(repository.root, { base, head, title, body })}\n`)
}

function changed({ effects }: Rollback): string {
  const names = effects.map(({ environment }) => escapeMarkdown(environment))
  return names.length === 0 ? 'No environment changes.' : `What changes: ${listOf(names)}.`
}

/** So many lines are within what GitHub takes. */
const MOST_COMMITS = 100
const LONGEST_SUBJECT = 200

function takenBack({ commits }: Rollback): string {
  if (commits.length === 0) return ''
  const told = commits.slice(0, MOST_COMMITS)
  const lines = told.map(
    ({ hash, subject }) => `- ${hash} ${escapeMarkdown(subject.slice(0, LONGEST_SUBJECT))}`,
  )
  const more = commits.length - told.length
  const rest = more > 0 ? [`- and ${more} more`] : []
  return `This takes back:\n\n${[...lines, ...rest].join('\n')}`
}

function tellCommit({ hash, subject }: Commit, { err }: Terminal): void {
  err(`committed ${shortCommit(hash)} ${cleanLine(subject)}\n`)
}

function tellPush({ remote, branch }: PushedTo, { err }: Terminal): void {
  err(`pushed to ${remote}/${branch}\n`)
}
