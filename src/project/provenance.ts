import type { Difference, Repository } from '../git/index.ts'
import { SlipwayError } from '../problem/index.ts'
import type { Seen, Source } from '../spec/index.ts'

/** Which commit is applied, and by whom. */
export interface RevisionInfo {
  /** Full hash; absent outside git. */
  commit?: string
  subject?: string
  author?: string
  /** Where clones of it come from, such as `github.com/org/models`; absent without one. */
  repository?: string
  /** Uncommitted changes were applied, too. */
  dirty: boolean
  /** Which files those are, the first of them. */
  uncommitted?: string[]
  /** Who runs it and where: `alice@laptop`, the CI run's URL. */
  actor: string
}
/** Where the files of a project come from: the work tree, or a commit. */
export interface Provenance {
  info: RevisionInfo
  /** The files of `--revision`; undefined for the work tree. */
  source?: Source
  /** Undefined outside git. */
  repository?: Repository
  /** What in the work tree is not as in the commit. */
  differences: readonly Difference[]
}

/** The commit of the project in `directory`, or of `--revision`. Outside git a project has no commit, and that is allowed. */
export async function findProvenance(
  directory: string,
  { revision, actor }: { revision?: string | undefined; actor: string },
): Promise<Provenance> {
  const repository = await repositoryOf(directory, { isNeeded: revision !== undefined })
  if (repository === undefined) return { info: { dirty: false, actor }, differences: [] }
  const [origin, commit] = await Promise.all([repository.origin(), commitOf(repository, revision)])
  const named = origin === undefined ? {} : { repository: origin }
  if (commit === undefined) return { info: { ...named, dirty: true, actor }, differences: [] }
  const { hash, subject, author } = commit
  const info = { commit: hash, subject, author, ...named, dirty: false, actor }
  if (revision === undefined) return { repository, info, differences: [] }
  const source = await repository.sourceAt(hash, directory)
  return { repository, source, info, differences: [] }
}

/** Undefined in a repository that has no commit yet. */
async function commitOf(repository: Repository, revision: string | undefined) {
  if (revision !== undefined) return repository.commitAt(revision)
  try {
    return await repository.head()
  } catch (error) {
    if (error instanceof SlipwayError && error.problems[0]?.code === 'unknown-revision')
      return undefined
    throw error
  }
}

/** Of how many files the names are recorded. */
const MOST_NAMES = 10

/** The same, with what of the work tree is not as in the commit, now that it was read. */
export async function compareWithCommit(
  found: Provenance,
  seen: Seen | undefined,
): Promise<Provenance> {
  const { repository, info, source } = found
  const { commit } = info
  if (repository === undefined || commit === undefined || source !== undefined) return found
  if (seen === undefined) return found
  const differences = await repository.differences({ revision: commit, seen })
  if (differences.length === 0) return found
  const uncommitted = differences.slice(0, MOST_NAMES).map(({ path }) => path)
  return { ...found, differences, info: { ...info, dirty: true, uncommitted } }
}

/** Undefined outside git, unless it is needed. A repository that cannot be read is an error, not none. */
export async function repositoryOf(
  directory: string,
  { isNeeded }: { isNeeded: boolean },
): Promise<Repository | undefined> {
  const { isOutsideGit, openRepository } = await import('../git/index.ts')
  return !isNeeded && isOutsideGit(directory) ? undefined : openRepository(directory)
}
