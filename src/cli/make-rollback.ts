import type { Commit, PushedTo, Repository } from '../git/index.ts'
import { shortCommit } from '../report/index.ts'
import { openPullRequest, requireGh } from './pull-request.ts'
import { rollbackMessage } from './rollback.ts'
import type { Rollback } from './rollback.ts'
import type { Terminal } from './terminal.ts'

export interface MakeRollback extends Rollback {
  args: { name?: string | undefined; push: boolean; pr: boolean }
  repository: Repository
  terminal: Terminal
}

/** The commit; where it goes next. */
export async function makeRollback(input: MakeRollback): Promise<void> {
  const { args, repository, terminal } = input
  if (args.pr) return makePullRequest(input)
  tellCommit(await restore(input), terminal)
  if (args.push) tellPush(await repository.push(), terminal)
}

async function makePullRequest(input: MakeRollback): Promise<void> {
  const { args, plan, repository, terminal } = input
  await requireGh(repository.root)
  const head = ['slipway/rollback', args.name, shortCommit(plan.from.hash)]
    .filter(part => part !== undefined)
    .join('-')
  const base = await repository.onNewBranch(head, async before => {
    tellCommit(await restore(input), terminal)
    tellPush(await repository.push(), terminal)
    return before
  })
  const [title = '', ...body] = rollbackMessage(plan, args.name).split('\n\n')
  const url = await openPullRequest(repository.root, {
    base,
    head,
    title,
    body: bodyOf(body, plan),
  })
  terminal.out(`${url}\n`)
}

function bodyOf(paragraphs: readonly string[], { commits }: Rollback['plan']): string {
  const reverts = commits.map(({ hash, subject }) => `- ${hash} ${subject}`)
  return [...paragraphs, `This takes back:\n\n${reverts.join('\n')}`].join('\n\n')
}

async function restore({ repository, plan, paths, args }: MakeRollback): Promise<Commit> {
  const message = rollbackMessage(plan, args.name)
  return repository.restore({ revision: plan.to.hash, paths, message })
}

function tellCommit({ hash, subject }: Commit, { err }: Terminal): void {
  err(`committed ${shortCommit(hash)} ${subject}\n`)
}

function tellPush({ remote, branch }: PushedTo, { err }: Terminal): void {
  err(`pushed to ${remote}/${branch}\n`)
}
