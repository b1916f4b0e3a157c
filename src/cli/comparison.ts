import { SlipwayError } from '../problem/index.ts'
import type { Repository } from '../git/index.ts'
import type { Change, Comparison } from '../report/index.ts'
import type { Source } from '../spec/index.ts'
import { checkFiles, checkNames, openProject, renderProject } from '../project/index.ts'
import type { Project } from '../project/index.ts'
import { loadProject, projectFolder } from './project.ts'
import type { ProjectArgs } from './project.ts'
import type { Terminal } from './terminal.ts'

export interface ComparisonInput {
  /** A revision, which is compared with the files here, or a range. */
  against: string
  args: ProjectArgs & { names: readonly string[] }
  terminal: Terminal
}

/** The differences between what a revision renders and what another, or the project here, renders. No cluster is asked. */
export async function compare({ against, args, terminal }: ComparisonInput): Promise<Comparison> {
  const directory = await projectFolder(args)
  const repository = await openRepositoryOf(directory)
  const { from, to } = await repository.range(against)
  const old = await repository.sourceAt(from, directory)
  const source = await (to === undefined
    ? openProject(directory)
    : repository.sourceAt(to, directory))
  const project = await loadProject(args, terminal, source)
  const { name: environment } = project.set.environment
  const olderArgs = { ...args, environment }
  const before = await olderSide({ source: old, directory, args: olderArgs, revision: from })
  const all = [...before.endpoints, ...project.set.endpoints]
  checkNames(args.names, [...new Set(all.map(({ name }) => name))])
  const changes = before.base.state === 'broken' ? [] : await changesBetween(before, project)
  return {
    environment,
    against,
    base: before.base,
    uncommitted: to === undefined ? await uncommitted(repository, source) : [],
    changes: changes.filter(({ endpoint }) => isWanted(endpoint, args.names)),
  }
}

/** What is compared with; empty where the project or the environment was not there yet, and where it is broken. */
async function olderSide({ source, directory, args, revision }: RenderSource) {
  const { FOUND, judgeBase } = await import('../plan/index.ts')
  const { set, objects, problems } = await renderProject({ directory, choice: args, source })
  if (set !== undefined) return { base: FOUND, endpoints: set.endpoints, objects }
  const base = judgeBase(problems, { environment: args.environment ?? '', revision })
  return { base, endpoints: [], objects: [] }
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

/** Two renders' differences in the form of a plan's actions. */
export async function changesBetween(
  before: Pick<Project, 'objects'>,
  after: Pick<Project, 'objects'>,
): Promise<Change[]> {
  const { compareRenders } = await import('../plan/index.ts')
  const { renderChanges } = await import('../report/index.ts')
  return renderChanges(compareRenders(before.objects, after.objects), after.objects)
}

/** A project as it was at a revision. Errors in its settings do not matter as long as it can be rendered. */
export async function renderAt(revision: string, directory: string, args: ProjectArgs) {
  const repository = await openRepositoryOf(directory)
  const source = await repository.sourceAt(revision, directory)
  return renderSource({ source, directory, args, revision })
}

export interface RenderSource {
  /** Files of another time. */
  source: Source
  directory: string
  args: ProjectArgs
  /** For messages. */
  revision: string
}

export async function renderSource({ source, directory, args, revision }: RenderSource) {
  const { set, objects, problems } = await renderProject({ directory, choice: args, source })
  if (set === undefined) {
    const { atRevision } = await import('../plan/index.ts')
    throw new SlipwayError(problems.map(problem => atRevision(problem, revision)))
  }
  return { endpoints: set.endpoints, objects }
}

/** What changes in the objects from HEAD to other files; undefined where one of the two cannot be rendered: a broken project is what a rollback is for. */
export async function changesTo(input: RenderSource): Promise<Change[] | undefined> {
  try {
    const before = await renderAt('HEAD', input.directory, input.args)
    return await changesBetween(before, await renderSource(input))
  } catch (error) {
    if (error instanceof SlipwayError) return undefined
    throw error
  }
}

function isWanted(endpoint: string, names: readonly string[]): boolean {
  return names.length === 0 || names.includes(endpoint)
}

async function openRepositoryOf(directory: string): Promise<Repository> {
  const { openRepository } = await import('../git/index.ts')
  return openRepository(directory)
}
