import { setParent } from '../object/index.ts'
import type { Repository, RevertPlan } from '../git/index.ts'
import { failure, SlipwayError } from '../problem/index.ts'
import type { Problem } from '../problem/index.ts'
import { shortCommit } from '../report/index.ts'
import type { Change } from '../report/index.ts'
import type { EndpointSet } from '../spec/index.ts'
import { changesBetween, renderAt } from './comparison.ts'
import { loadOptions } from './project.ts'
import type { ProjectArgs } from './project.ts'
import { withCluster } from './session.ts'
import type { ClusterArgs } from './session.ts'
import type { Terminal } from './terminal.ts'

/** The newest commit that was applied to the whole set with success and is not the present one. */
export async function lastGoodCommit(
  args: ProjectArgs & ClusterArgs,
  { repository, terminal }: { repository: Repository; terminal: Terminal },
): Promise<string> {
  const { project, environment } = await newestSet(args, repository)
  const { readRevisions } = await import('../apply/index.ts')
  const parent = setParent(project, environment.name, environment.namespace)
  const revisions = await withCluster({ args, environment, terminal }, cluster =>
    readRevisions(cluster, parent),
  )
  const { hash } = await repository.head()
  const good = revisions.find(
    ({ result, commit, only, dirty }) =>
      result === 'succeeded' &&
      commit !== undefined &&
      commit !== hash &&
      only === undefined &&
      !dirty,
  )
  if (good?.commit !== undefined) return good.commit
  throw failure(
    'nothing-to-roll-back',
    `no other revision was applied to ${environment.name} with success`,
    {
      remedy: 'slipway history lists what was applied; name a revision with --to.',
    },
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
