import type { Problem } from '../problem/index.ts'
import type { RenderedObject } from '../render/index.ts'
import type { EndpointSet } from '../spec/index.ts'
import { renderProject, type ProjectRequest } from './load.ts'
import { openProject } from './open.ts'

/** A project in one environment. */
export interface RenderedEnvironment {
  set: EndpointSet
  objects: RenderedObject[]
}

export interface RenderRequest extends Omit<ProjectRequest, 'source'> {
  /** Several, instead of the one of the choice. */
  environments?: readonly string[] | undefined
}

/** Loads and renders in the given environment or environments, else in every one; every problem once. */
export async function renderEnvironments({
  directory,
  choice,
  environments,
}: RenderRequest): Promise<{
  rendered: RenderedEnvironment[]
  problems: Problem[]
}> {
  const { listEnvironments } = await import('../spec/index.ts')
  const { environment } = choice
  const given = environments ?? (environment === undefined ? undefined : [environment])
  const names = given ?? (await listEnvironments(await openProject(directory)))
  const problems: Problem[] = []
  const rendered: RenderedEnvironment[] = []
  // A project that cannot be read has no environments, and says why when it is loaded.
  for (const name of names.length === 0 ? [undefined] : names) {
    const result = await renderProject({ directory, choice: { ...choice, environment: name } })
    problems.push(...result.problems)
    if (name === undefined || result.set === undefined) continue
    rendered.push({ set: result.set, objects: result.objects })
  }
  return { rendered, problems: withoutRepetition(problems) }
}

/** Most problems are the same in every environment. */
export function withoutRepetition(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map(problem => [JSON.stringify(problem), problem])).values()]
}
