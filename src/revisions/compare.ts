import type { Repository } from '../git/index.ts'
import { FOUND, compareRenders, judgeBase, type Base, type ObjectChange } from '../plan/index.ts'
import { SlipwayError, type Problem } from '../problem/index.ts'
import {
  checkFiles,
  checkNames,
  loadProject,
  openProject,
  renderProject,
  type ProjectChoice,
  type ProjectRequest,
} from '../project/index.ts'
import type { RenderedObject } from '../render/index.ts'
import { goneUnread, unitNames, type Source } from '../spec/index.ts'
import { olderSource } from './moved.ts'
import { renamedSince } from './renamed.ts'

export interface RevisionComparison {
  /** The project's. */
  directory: string
  choice: ProjectChoice
  /** A revision, which is compared with the files here, or a range. */
  against: string
  /** Endpoints; all when empty. */
  names?: readonly string[]
}

export interface ComparedRevisions {
  environment: string
  /** As given. */
  against: string
  /** The older side. */
  base: Base
  /** Files that differ from HEAD, where the newer side is the work tree. */
  uncommitted: readonly string[]
  differences: ObjectChange[]
  /** The newer side. */
  after: readonly RenderedObject[]
  /** Of the newer side. */
  warnings: readonly Problem[]
}

/**
 * The differences between what a revision renders and what another, or the project here, renders. No cluster is asked. Throws
 * SlipwayError where the newer side has an error, and where a revision is not known.
 */
export async function compareRevisions(comparison: RevisionComparison): Promise<ComparedRevisions> {
  const { directory, choice, against, names = [] } = comparison
  const { openRepository } = await import('../git/index.ts')
  const repository = await openRepository(directory)
  const { from, to } = await repository.range(against)
  const source = await (to === undefined
    ? openProject(directory)
    : repository.sourceAt(to, directory))
  const { project, warnings } = await loadProject({ directory, choice, source })
  const { name: environment } = project.set.environment
  const old = await olderSource({ repository, directory, project: project.set.project, from, to })
  const older = { directory, choice: { ...choice, environment }, source: old.source }
  const before = await olderSide(older, { environment, revision: from })
  checkNames(names, [...new Set([...before.names, ...unitNames(project.set)])])
  const isComparable = before.base.state !== 'broken'
  const all = isComparable ? compareRenders(before.objects, project.objects) : []
  const differences = all.filter(({ endpoint }) => names.length === 0 || names.includes(endpoint))
  const gone = differences.filter(({ type }) => type === 'removed')
  const uncommittedFiles = to === undefined ? await uncommitted(repository, source) : []
  const told = [...before.base.problems, ...old.problems, ...(await goneUnread(project.set, gone))]
  return {
    environment,
    against,
    base: { ...before.base, problems: told },
    uncommitted: uncommittedFiles,
    differences,
    after: project.objects,
    warnings: [
      ...warnings,
      ...(before.base.state === 'absent' ? await renamedSince(old.source, project.set) : []),
    ],
  }
}

/** What is compared with; empty where the project or the environment was not there yet, and where it is broken. */
async function olderSide(
  request: ProjectRequest,
  where: { environment: string; revision: string },
) {
  const { set, objects, problems } = await renderProject(request)
  if (set !== undefined) return { base: FOUND, names: unitNames(set), objects }
  return { base: judgeBase(problems, where), names: [], objects: [] }
}

/** Refuses where files are not checked out: they would be shown as deleted. */
async function uncommitted(repository: Repository, { seen }: Source): Promise<string[]> {
  if (seen === undefined) return []
  const { hash } = await repository.head()
  const differences = await repository.differences({ revision: hash, seen: seen() })
  const refusals = checkFiles(hash, differences).filter(({ severity }) => severity === 'error')
  if (refusals.length > 0) throw new SlipwayError(refusals)
  return differences.map(({ path }) => path)
}
