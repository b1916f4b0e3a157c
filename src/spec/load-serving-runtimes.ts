import { hasErrors, type Loaded } from '../problem/index.ts'
import {
  readFolder,
  servingRuntimesFolder,
  type ServingRuntimeCatalogue,
} from './catalogue/serving-runtimes.ts'
import { chooseEnvironment } from './environment.ts'
import type { LoadOptions } from './load-set.ts'
import { readProject } from './project.ts'
import type { Environment } from './set.ts'

/** The catalogue of serving runtimes and an environment, whatever the endpoints are like: they may be waiting for the catalogue. */
export async function loadServingRuntimes({
  source,
  environment: name,
  overrides,
}: LoadOptions): Promise<Loaded<{ environment: Environment; catalogue: ServingRuntimeCatalogue }>> {
  const project = await readProject(source)
  if (project.value === undefined) return { problems: project.problems }
  const chosen = chooseEnvironment(project.value, { name, namespace: overrides?.namespace })
  const read = await readFolder(source, servingRuntimesFolder(project.value))
  const problems = [...chosen.problems, ...read.problems]
  if (chosen.value === undefined || hasErrors(problems)) return { problems }
  return { value: { environment: chosen.value.environment, catalogue: read.value }, problems }
}
