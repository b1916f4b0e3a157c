import type { Commit, Repository, RevertPlan } from '../git/index.ts'
import { failure, SlipwayError } from '../problem/index.ts'
import type { Problem } from '../problem/index.ts'
import type { Change } from '../report/index.ts'
import type { EndpointSet } from '../spec/index.ts'
import { goodCommits } from './last-good.ts'
import { changesTo } from './comparison.ts'
import type { ProjectArgs } from './project.ts'
import { rollbackScope } from './rollback-scope.ts'
import type { Rollback } from './rollback-view.ts'
import { withCluster } from './session.ts'
import type { ClusterArgs } from './session.ts'
import type { Terminal } from './terminal.ts'
import { shortCommit } from '../words/index.ts'

/** What goes back, in which files and folders. */
interface Target {
  plan: RevertPlan
  paths: string[]
}

export interface RollbackInput {
  args: ProjectArgs & ClusterArgs & { to?: string | undefined; name?: string | undefined }
  repository: Repository
  /** Of the project. */
  directory: string
  terminal: Terminal
}

/** To the revision given, else to the newest good one whose files are not the present ones. */
export async function planRollback(input: RollbackInput): Promise<Rollback> {
  const { args, repository } = input
  const target = await findTarget(input)
  const { plan, paths } = target
  const back = `${shortCommit(plan.to.hash)} (${plan.to.subject})`
  const what = args.name === undefined ? '' : `${args.name} `
  const message = `Roll back ${what}to ${shortCommit(plan.to.hash)}\n\n${plan.to.subject}`
  return {
    headline: `${args.name === undefined ? 'Back' : `${args.name} back`} to ${back}, which takes back`,
    commits: plan.commits,
    files: plan.files,
    message,
    branch: branchFor(args.name, plan.from),
    changes: await changesOf(input, target),
    make: () => repository.restore({ revision: plan.to.hash, paths, message }),
  }
}

function branchFor(name: string | undefined, from: Commit): string {
  const parts = ['slipway/rollback', name, shortCommit(from.hash)]
  return parts.filter(part => part !== undefined).join('-')
}

async function findTarget(input: RollbackInput): Promise<Target> {
  const { to } = input.args
  if (to !== undefined) {
    const rollback = await rollbackTo(input, to)
    if (rollback.plan.files.length > 0) return rollback
    throw failure('nothing-to-roll-back', `${subjectOf(input)} is already as it was at ${to}`)
  }
  const { name, commits } = await goodRevisions(input)
  for (const commit of commits) {
    const rollback = await rollbackTo(input, commit)
    if (rollback.plan.files.length > 0) return rollback
  }
  throw failure('nothing-to-roll-back', `no other revision was applied to ${name} with success`, {
    remedy: 'See slipway history for what was applied; name a revision with --to.',
  })
}

async function rollbackTo(input: RollbackInput, to: string): Promise<Target> {
  const { repository, directory, args } = input
  const paths = await rollbackScope({ repository, directory, to, name: args.name })
  return { plan: await repository.revertPlan({ to, paths }), paths }
}

function subjectOf({ args }: RollbackInput): string {
  return args.name ?? 'the project'
}

async function goodRevisions({ args, repository, directory, terminal }: RollbackInput) {
  const set = await newestSet({ args, repository, directory })
  const { environment } = set
  const { hash } = await repository.head()
  const commits = await withCluster({ args, environment, terminal }, cluster =>
    goodCommits(cluster, set, hash),
  )
  return { name: environment.name, commits }
}

/** How far back a commit is looked for whose settings can be read. */
const MOST_COMMITS = 50

/** The environment, to know where the record is: of the newest commit that loads, because a broken project is what a rollback is for. */
async function newestSet({
  args,
  repository,
  directory,
}: Pick<RollbackInput, 'args' | 'repository' | 'directory'>): Promise<EndpointSet> {
  const { readSpecs } = await import('../project/index.ts')
  const commits = await repository.history({ limit: MOST_COMMITS })
  let problems: Problem[] = []
  for (const { hash } of commits) {
    const source = await repository.sourceAt(hash)
    const loaded = await readSpecs({ directory, choice: args, source })
    if (loaded.value !== undefined) return loaded.value
    if (problems.length === 0) ({ problems } = loaded)
  }
  throw new SlipwayError(problems)
}

/** What the rollback changes in the objects; undefined where one of the two cannot be rendered. */
async function changesOf(
  { args, directory, repository }: RollbackInput,
  { plan, paths }: Target,
): Promise<Change[] | undefined> {
  const revision = plan.to.hash
  const source = await repository.sourceAfterRestore({ to: revision, paths, directory })
  return changesTo({ source, directory, args, revision })
}
