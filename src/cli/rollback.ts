import type { Repository, RevertPlan } from '../git/index.ts'
import { failure, SlipwayError } from '../problem/index.ts'
import type { Problem } from '../problem/index.ts'
import { shortCommit } from '../report/index.ts'
import type { Change } from '../report/index.ts'
import type { EndpointSet } from '../spec/index.ts'
import { goodCommits } from './last-good.ts'
import { changesBetween, renderAt } from './comparison.ts'
import { loadOptions } from './project.ts'
import type { ProjectArgs } from './project.ts'
import { withCluster } from './session.ts'
import type { ClusterArgs } from './session.ts'
import type { Terminal } from './terminal.ts'

/** What going back to the newest good commit takes back: of those whose files are not the present ones. */
export async function lastGoodPlan(
  args: ProjectArgs & ClusterArgs,
  { repository, terminal }: { repository: Repository; terminal: Terminal },
): Promise<RevertPlan> {
  const set = await newestSet(args, repository)
  const { environment } = set
  const { hash } = await repository.head()
  const commits = await withCluster({ args, environment, terminal }, cluster =>
    goodCommits(cluster, set, hash),
  )
  for (const to of commits) {
    const plan = await repository.revertPlan({ to })
    if (plan.files.length > 0) return plan
  }
  throw failure(
    'nothing-to-roll-back',
    `no other revision was applied to ${environment.name} with success`,
    { remedy: 'See slipway history for what was applied; name a revision with --to.' },
  )
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
export function rollbackText({ commits, files, to }: RevertPlan): string {
  const lines = [
    `Back to ${shortCommit(to.hash)} (${to.subject}), which takes back:`,
    ...commits.map(({ hash, subject, author }) => `  ${shortCommit(hash)} ${subject}, ${author}`),
    `Files: ${files.join(', ')}`,
  ]
  return `${lines.join('\n')}\n\n`
}

/** What the rollback changes in the objects; undefined where one of the two cannot be rendered. */
export async function rollbackChanges({
  args,
  directory,
  plan,
}: {
  args: ProjectArgs
  directory: string
  plan: RevertPlan
}): Promise<Change[] | undefined> {
  try {
    const before = await renderAt(plan.from.hash, directory, args)
    return await changesBetween(before, await renderAt(plan.to.hash, directory, args))
  } catch (error) {
    // A broken project is what a rollback is for.
    if (error instanceof SlipwayError) return undefined
    throw error
  }
}
