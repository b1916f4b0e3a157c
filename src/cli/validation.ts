import type { Problem } from '../problem/index.ts'
import type { Validation } from '../report/index.ts'
import type { RenderedObject } from '../render/index.ts'
import type { EndpointSet } from '../spec/index.ts'
import { openProject, renderProject } from '../project/index.ts'
import type { ProjectChoice } from '../project/index.ts'

/** A project in one environment. */
export interface Rendered {
  set: EndpointSet
  objects: RenderedObject[]
}

/** Loads and renders in the given environment, else in every one. */
export async function validateProject(
  choice: ProjectChoice,
  directory: string,
): Promise<Validation & { rendered: Rendered[] }> {
  const { listEnvironments } = await import('../spec/index.ts')
  const names =
    choice.environment === undefined
      ? await listEnvironments(await openProject(directory))
      : [choice.environment]
  const environments: Validation['environments'] = []
  const problems: Problem[] = []
  const rendered: Rendered[] = []
  // A project that cannot be read has no environments, and says why when it is loaded.
  for (const name of names.length === 0 ? [undefined] : names) {
    const result = await renderProject({ directory, choice: { ...choice, environment: name } })
    problems.push(...result.problems)
    if (name === undefined || result.set === undefined) continue
    rendered.push({ set: result.set, objects: result.objects })
    environments.push({
      name,
      endpoints: result.set.endpoints.length,
      objects: result.objects.length,
    })
  }
  return { environments, rendered, problems: withoutRepetition(problems) }
}

/** Most problems are the same in every environment. */
export function withoutRepetition(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map(problem => [JSON.stringify(problem), problem])).values()]
}
