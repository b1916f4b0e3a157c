import type { Repository, RevertPlan } from '../git/index.ts'
import { failure, SlipwayError } from '../problem/index.ts'
import type { Problem } from '../problem/index.ts'
import { shortCommit } from '../report/index.ts'
import type { Change } from '../report/index.ts'
import type { EndpointSet } from '../spec/index.ts'
import { goodCommits } from './last-good.ts'
import { changesBetween, renderAt, renderSource } from './comparison.ts'
import { loadOptions } from './project.ts'
import type { ProjectArgs } from './project.ts'
import { restoredSource, rollbackScope } from './rollback-scope.ts'
import { withCluster } from './session.ts'
import type { ClusterArgs } from './session.ts'
import type { Terminal } from './terminal.ts'

/** What a rollback takes back, in which files and folders. */
export interface Rollback {
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

async function rollbackTo(input: RollbackInput, to: string): Promise<Rollback> {
  const { repository, directory, args } = input
  const paths = await rollbackScope({ repository, directory, to, name: args.name })
  return { plan: await repository.revertPlan({ to, paths }), paths }
}

function subjectOf({ args }: RollbackInput): string {
  return args.name ?? 'the project'
}

async function goodRevisions({ args, repository, terminal }: RollbackInput) {
  const set = await newestSet(args, repository)
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
async function newestSet(args: ProjectArgs, repository: Repository): Promise<EndpointSet> {
  const { loadSet } = await import('../spec/index.ts')
  const commits = await repository.history({ limit: MOST_COMMITS })
  let problems: Problem[] = []
  for (const { hash } of commits) {
    const source = await repository.sourceAt(hash)
    const loaded = await loadSet(loadOptions(args, source))
    if (loaded.value !== undefined) return loaded.value
    if (problems.length === 0) ({ problems } = loaded)
  }
  throw new SlipwayError(problems)
}

/** The commits that are taken back, and their files. */
export function rollbackText({ commits, files, to }: RevertPlan, name?: string): string {
  const what = name === undefined ? 'Back' : `${name} back`
  const lines = [
    `${what} to ${shortCommit(to.hash)} (${to.subject}), which takes back:`,
    ...commits.map(({ hash, subject, author }) => `  ${shortCommit(hash)} ${subject}, ${author}`),
    `Files: ${files.join(', ')}`,
  ]
  return `${lines.join('\n')}\n\n`
}

/** The commit's message; the hashes of what it takes back are added to it. */
export function rollbackMessage({ to }: RevertPlan, name?: string): string {
  const what = name === undefined ? '' : `${name} `
  return `Roll back ${what}to ${shortCommit(to.hash)}\n\n${to.subject}`
}

/** What the rollback changes in the objects; undefined where one of the two cannot be rendered. */
export async function rollbackChanges(
  { args, directory, repository }: RollbackInput,
  { plan, paths }: Rollback,
): Promise<Change[] | undefined> {
  try {
    const before = await renderAt('HEAD', directory, args)
    const revision = plan.to.hash
    const source = await restoredSource({ repository, directory, to: revision }, paths)
    return await changesBetween(before, await renderSource({ source, directory, args, revision }))
  } catch (error) {
    // A broken project is what a rollback is for.
    if (error instanceof SlipwayError) return undefined
    throw error
  }
}
