import type { Commit, Repository } from '../git/index.ts'
import { defined } from '../object/index.ts'
import type { Revision } from '../plan/index.ts'
import { SlipwayError } from '../problem/index.ts'
import { checkNames, openProject } from '../project/index.ts'
import { endpointFiles, projectPaths } from '../spec/index.ts'

/** With the commits that it brought, newest first, where git knows them. */
export type AppliedRevision = Revision & {
  commits?: readonly Commit[]
}

export interface JoinInput {
  /** Newest first. */
  revisions: readonly Revision[]
  repository: Repository
  /** Of the project. */
  directory: string
  /** Only revisions that changed this endpoint's files, or were limited to it. */
  endpoint: string | undefined
}

/** Each revision with the commits of git that it brought: those since the one applied before it, as far as they are here. */
export async function joinCommits(input: JoinInput): Promise<AppliedRevision[]> {
  const { revisions, endpoint } = input
  const paths = await pathsOf(input)
  const joined: AppliedRevision[] = []
  for (const [index, revision] of revisions.entries()) {
    const before = revisions
      .slice(index + 1)
      .find(each => each.action === undefined && each.commit !== revision.commit)
    const range = { before: before?.commit, after: revision.commit, paths }
    // A deletion brings none.
    const isApply = revision.action === undefined
    // oxlint-disable-next-line no-await-in-loop
    const commits = isApply ? await commitsBetween(input.repository, range) : undefined
    joined.push({ ...revision, ...defined({ commits }) })
  }
  if (endpoint === undefined) return joined
  return joined.filter(({ action, commits, only }) =>
    action === undefined
      ? commits?.length !== 0 || only?.includes(endpoint)
      : only?.includes(endpoint) !== false,
  )
}

async function pathsOf({ repository, directory, revisions, endpoint }: JoinInput) {
  if (endpoint === undefined) return projectPaths(await openProject(directory))
  const byName = [await endpointFiles(await openProject(directory))]
  for (const commit of new Set(revisions.flatMap(each => each.commit ?? []))) {
    // oxlint-disable-next-line no-await-in-loop
    const source = await ifKnown(repository.sourceAt(commit, directory))
    // oxlint-disable-next-line no-await-in-loop
    if (source !== undefined) byName.push(await endpointFiles(source))
  }
  checkNames([endpoint], [...new Set(byName.flatMap(each => [...each.keys()]))])
  return [...new Set(byName.flatMap(each => each.get(endpoint) ?? []))]
}

/** Undefined where that cannot be told here: the first revision, or one whose commit this clone lacks. */
async function commitsBetween(
  repository: Repository,
  range: { before: string | undefined; after: string | undefined; paths: string[] },
) {
  const { before, after, paths } = range
  if (before === undefined || after === undefined) return undefined
  const plan = await ifKnown(repository.revertPlan({ from: after, to: before, paths }))
  return plan?.commits
}

async function ifKnown<Value>(value: Promise<Value>): Promise<Value | undefined> {
  try {
    return await value
  } catch (error) {
    if (error instanceof SlipwayError) return undefined
    throw error
  }
}
