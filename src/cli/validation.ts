import type { Problem } from '../problem/index.ts'
import type { Validation } from '../report/index.ts'
import { renderProject } from './project.ts'
import type { ProjectArgs } from './project.ts'

/** Loads and renders in the given environment, else in every one. */
export async function validateProject(args: ProjectArgs, directory: string): Promise<Validation> {
  const { listEnvironments, openFolder } = await import('../spec/index.ts')
  const names =
    args.environment === undefined
      ? await listEnvironments(openFolder(directory))
      : [args.environment]
  const environments: Validation['environments'] = []
  const problems: Problem[] = []
  // A project that cannot be read has no environments, and says why when it is loaded.
  for (const name of names.length === 0 ? [undefined] : names) {
    const result = await renderProject({ ...args, environment: name }, directory)
    problems.push(...result.problems)
    if (name === undefined || result.set === undefined) continue
    environments.push({
      name,
      endpoints: result.set.endpoints.length,
      objects: result.objects.length,
    })
  }
  return { environments, problems: withoutRepetition(problems) }
}

/** Most problems are the same in every environment. */
function withoutRepetition(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map(problem => [JSON.stringify(problem), problem])).values()]
}
