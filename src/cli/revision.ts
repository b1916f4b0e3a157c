import { SlipwayError } from '../problem/index.ts'
import type { ProblemCode } from '../problem/index.ts'
import type { Repository } from '../git/index.ts'
import type { RevisionInfo } from '../plan/index.ts'
import type { Source } from '../spec/index.ts'
import { actorOf } from './actor.ts'

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
  const repository = await repositoryOf(directory, revision)
  if (repository === undefined) return { info: { dirty: false, actor } }
  if (revision === undefined) return workTree(repository, actor)
  const { from } = await repository.revertPlan({ from: revision, to: revision })
  const { hash, subject, author } = from
  const source = await repository.sourceAt(hash, directory)
  return { repository, source, info: { commit: hash, subject, author, dirty: false, actor } }
}

export async function openRepositoryOf(directory: string): Promise<Repository> {
  const { openRepository } = await import('../git/index.ts')
  return openRepository(directory)
}

async function repositoryOf(directory: string, revision?: string): Promise<Repository | undefined> {
  try {
    return await openRepositoryOf(directory)
  } catch (error) {
    if (revision === undefined && isCode(error, 'not-a-repository')) return undefined
    throw error
  }
}

/** A repository without any commit is like none. */
async function workTree(repository: Repository, actor: string): Promise<Revisioned> {
  try {
    const { hash, subject, author } = await repository.head()
    const dirty = await repository.isDirty()
    return { repository, info: { commit: hash, subject, author, dirty, actor } }
  } catch (error) {
    if (!isCode(error, 'unknown-revision')) throw error
    return { info: { dirty: true, actor } }
  }
}

function isCode(error: unknown, code: ProblemCode): boolean {
  return error instanceof SlipwayError && error.problems[0]?.code === code
}
