import type { Commit, RevertPlan } from '../git/index.ts'
import { failure, SlipwayError } from '../problem/index.ts'
import type { Problem } from '../problem/index.ts'
import { readSpecs } from '../project/index.ts'
import type { EndpointSet } from '../spec/index.ts'
import { shortCommit } from '../words/index.ts'
import { effectOf } from './effect.ts'
import { goodCommits } from './last-good.ts'
import type { Rollback, RollbackRequest } from './rollback.ts'
import { rollbackScope } from './rollback-scope.ts'

/** What goes back, in which files and folders. */
interface Target {
  plan: RevertPlan
  paths: string[]
}

/** To the revision given, else to the newest good one whose files are not the present ones. */
export async function planRollback(request: RollbackRequest): Promise<Rollback> {
  const { repository, name } = request
  const target = await findTarget(request)
  const { plan, paths } = target
  const back = `${shortCommit(plan.to.hash)} (${plan.to.subject})`
  const what = name === undefined ? '' : `${name} `
  const message = `Roll back ${what}to ${shortCommit(plan.to.hash)}\n\n${plan.to.subject}`
  return {
    headline: `${name === undefined ? 'Back' : `${name} back`} to ${back}, which takes back`,
    commits: plan.commits,
    files: plan.files,
    message,
    branch: branchFor(name, plan.from),
    effect: await effectAt(request, target),
    make: () => repository.restore({ revision: plan.to.hash, paths, message }),
  }
}

function branchFor(name: string | undefined, from: Commit): string {
  const parts = ['slipway/rollback', name, shortCommit(from.hash)]
  return parts.filter(part => part !== undefined).join('-')
}

async function findTarget(request: RollbackRequest): Promise<Target> {
  const { to, name: subject = 'the project' } = request
  if (to !== undefined) {
    const target = await targetAt(request, to)
    if (target.plan.files.length > 0) return target
    throw failure('nothing-to-roll-back', `${subject} is already as it was at ${to}`)
  }
  const { environment, commits } = await goodRevisions(request)
  for (const commit of commits) {
    const target = await targetAt(request, commit)
    if (target.plan.files.length > 0) return target
  }
  const message = `no other revision was applied to ${environment} with success`
  throw failure('nothing-to-roll-back', message, {
    remedy: 'See slipway history for what was applied; name a revision with --to.',
  })
}

async function targetAt(request: RollbackRequest, to: string): Promise<Target> {
  const { repository, directory, name } = request
  const paths = await rollbackScope({ repository, directory, to, name })
  return { plan: await repository.revertPlan({ to, paths }), paths }
}

async function goodRevisions(request: RollbackRequest) {
  const set = await newestSet(request)
  const { hash } = await request.repository.head()
  const revisions = await request.readRecord(set)
  return { environment: set.environment.name, commits: goodCommits(revisions, hash) }
}

/** How far back a commit is looked for whose settings can be read. */
const MOST_COMMITS = 50

/** The environment, to know where the record is: of the newest commit that loads, because a broken project is what a rollback is for. */
async function newestSet({ repository, directory, choice }: RollbackRequest): Promise<EndpointSet> {
  const commits = await repository.history({ limit: MOST_COMMITS })
  let problems: Problem[] = []
  for (const { hash } of commits) {
    const source = await repository.sourceAt(hash)
    const loaded = await readSpecs({ directory, choice, source })
    if (loaded.value !== undefined) return loaded.value
    if (problems.length === 0) ({ problems } = loaded)
  }
  throw new SlipwayError(problems)
}

/** What the rollback changes in the objects. */
async function effectAt(request: RollbackRequest, { plan, paths }: Target) {
  const { repository, directory } = request
  const source = await repository.sourceAfterRestore({ to: plan.to.hash, paths, directory })
  return effectOf({ ...request, source })
}
