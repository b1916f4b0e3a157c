import { readProject } from '../project.ts'
import type { Source } from '../source.ts'
import { leavesOf } from '../rules/overridden.ts'

/**
 * Paths of what an environment says for one endpoint in entries of its overlay that name it; none where slipway.yaml cannot be read.
 */
export async function namedSettings(
  source: Source,
  { environment, endpoint }: { environment: string; endpoint: string },
): Promise<string[][]> {
  const { value } = await readProject(source)
  const environments = value?.document.spec.environments ?? {}
  const spec = Object.hasOwn(environments, environment) ? environments[environment] : undefined
  const entries = (spec?.overlay ?? []).filter(
    ({ match }) => match?.name !== undefined && [match.name].flat().includes(endpoint),
  )
  const paths = entries.flatMap(entry => leavesOf(entry)).filter(([first]) => first !== 'match')
  const unique = new Map(paths.map(path => [path.join('\0'), path.map(String)]))
  return [...unique.values()]
}
