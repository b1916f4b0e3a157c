import { writeNewInside } from '../files/index.ts'
import type { RuntimeImport } from '../import/index.ts'
import { isClusterWide } from '../kinds/index.ts'
import type { KubeObject } from '../object/index.ts'
import { failure, SlipwayError } from '../problem/index.ts'
import { openProject } from '../project/index.ts'
import { loadServingRuntimes, type Environment } from '../spec/index.ts'
import type { ImportInto } from './into.ts'

export interface RuntimesRequest extends ImportInto {
  /** Hears of each, when it is written. */
  onRuntime: (step: RuntimeImport) => void
}

/**
 * Writes the serving runtimes of a cluster that the project's catalogue does not have yet; resolves to all of them. Throws SlipwayError
 * `kind-missing` where the cluster has none.
 */
export async function importRuntimes(request: RuntimesRequest): Promise<RuntimeImport[]> {
  const { directory, onRuntime } = request
  const { environment, catalogue } = await loaded(request)
  const { importServingRuntimes } = await import('../import/index.ts')
  const imports = importServingRuntimes(await liveRuntimes(request, environment), catalogue)
  for (const each of imports) {
    if (each.state === 'new')
      await writeNewInside({ folder: directory, path: each.path, text: each.text })
    onRuntime(each)
  }
  return imports
}

async function loaded({ directory, choice: { environment, namespace } }: ImportInto) {
  const { value, problems } = await loadServingRuntimes({
    source: await openProject(directory),
    ...(environment === undefined ? {} : { environment }),
    ...(namespace === undefined ? {} : { overrides: { namespace } }),
  })
  if (value === undefined) throw new SlipwayError(problems)
  return value
}

async function liveRuntimes(
  { inCluster }: ImportInto,
  environment: Environment,
): Promise<KubeObject[]> {
  const { CATALOGUE_KINDS } = await import('../import/index.ts')
  const apiVersion = 'serving.kserve.io/v1alpha1'
  return inCluster(environment, async cluster => {
    const found = await Promise.all(
      CATALOGUE_KINDS.map(async kind => {
        const { namespace } = environment
        const where = isClusterWide({ apiVersion, kind }) ? {} : { namespace }
        return (await cluster.list({ apiVersion, kind, ...where })).items
      }),
    )
    if (found.some(items => items.length > 0)) return found.flat()
    throw failure('kind-missing', `the cluster of ${environment.name} has no serving runtime`, {
      remedy: 'Install those of KServe (config/runtimes), or name another cluster with --context.',
    })
  })
}
