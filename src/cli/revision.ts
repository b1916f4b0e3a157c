import { SlipwayError } from '../problem/index.ts'
import type { ProblemCode } from '../problem/index.ts'
import type { Repository } from '../git/index.ts'
import type { RevisionInfo } from '../plan/index.ts'
import type { Source } from '../spec/index.ts'
import { actorOf } from './actor.ts'
import { openProject } from './project.ts'

/** What is applied: the work tree, or the files of a commit. */
export interface Revisioned {
  info: RevisionInfo
  /** The files of `--revision`; undefined for the work tree. */
  source?: Source
  /** Undefined outside git. */
  repository?: Repository
}

/** The commit of the project in `directory`, or of `--revision`. Outside git a project has no commit, and that is allowed. */
export async function findRevision(
  directory: string,
  { revision, env }: { revision?: string | undefined; env: NodeJS.ProcessEnv },
): Promise<Revisioned> {
  const actor = actorOf(env)
  const repository = await repositoryOf(directory, { isNeeded: revision !== undefined })
  if (repository === undefined) return { info: { dirty: false, actor } }
  if (revision === undefined) return workTree(repository, directory, actor)
  const [{ hash, subject, author }, origin] = await Promise.all([
    repository.commitAt(revision),
    repository.origin(),
  ])
  const source = await repository.sourceAt(hash, directory)
  const info = { commit: hash, subject, author, ...named(origin), dirty: false, actor }
  return { repository, source, info }
}

export async function openRepositoryOf(directory: string): Promise<Repository> {
  const { openRepository } = await import('../git/index.ts')
  return openRepository(directory)
}

/** Undefined outside git, unless it is needed. */
export async function repositoryOf(
  directory: string,
  { isNeeded }: { isNeeded: boolean },
): Promise<Repository | undefined> {
  try {
    return await openRepositoryOf(directory)
  } catch (error) {
    if (!isNeeded && isCode(error, 'not-a-repository')) return undefined
    throw error
  }
}

/** Which repository a folder is in, by its remote; undefined outside git, and without one. */
export async function originOf(directory: string): Promise<string | undefined> {
  return (await repositoryOf(directory, { isNeeded: false }))?.origin()
}

/** A repository without any commit is like none. */
async function workTree(
  repository: Repository,
  directory: string,
  actor: string,
): Promise<Revisioned> {
  try {
    const [{ hash, subject, author }, dirty, origin] = await Promise.all([
      repository.head(),
      isDirty(repository, directory),
      repository.origin(),
    ])
    return { repository, info: { commit: hash, subject, author, ...named(origin), dirty, actor } }
  } catch (error) {
    if (!isCode(error, 'unknown-revision')) throw error
    return { info: { ...named(await repository.origin()), dirty: true, actor } }
  }
}

const named = (origin: string | undefined) => (origin === undefined ? {} : { repository: origin })

/** What a pipeline leaves beside the project's files changes nothing. */
async function isDirty(repository: Repository, directory: string): Promise<boolean> {
  const { projectPaths } = await import('../spec/index.ts')
  return repository.isDirty(await projectPaths(await openProject(directory)))
}

function isCode(error: unknown, code: ProblemCode): boolean {
  return error instanceof SlipwayError && error.problems[0]?.code === code
}
