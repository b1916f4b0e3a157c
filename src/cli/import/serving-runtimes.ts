import { isClusterWide } from '../../kinds/index.ts'
import { writeNewInside } from '../../files/index.ts'
import { failure, SlipwayError } from '../../problem/index.ts'
import type { KubeObject } from '../../object/index.ts'
import { openProject } from '../../project/index.ts'
import type { ProjectArgs } from '../project.ts'
import { projectFolder } from '../project.ts'
import { withCluster } from '../session.ts'
import type { ClusterArgs, SessionInput } from '../session.ts'
import type { Terminal } from '../terminal.ts'

/** Writes what the catalogue does not have yet; exit code 1 where it says something else than the cluster. */
export async function writeServingRuntimes(
  args: ProjectArgs & ClusterArgs,
  terminal: Terminal,
): Promise<number> {
  const directory = await projectFolder(args)
  const { environment, catalogue } = await loaded(args, directory)
  const { importServingRuntimes } = await import('../../import/index.ts')
  const live = await liveRuntimes({ args, environment, terminal })
  const imports = importServingRuntimes(live, catalogue)
  for (const each of imports) {
    if (each.state === 'new')
      await writeNewInside({ folder: directory, path: each.path, text: each.text })
    const others =
      each.state === 'other' ? `: the cluster differs in ${each.fields.join(', ')}` : ''
    terminal.out(`${WORDS[each.state]}${each.path}${others}\n`)
  }
  return imports.some(({ state }) => state === 'other') ? 1 : 0
}

const WORDS = { new: 'written    ', same: 'unchanged  ', other: 'not written  ' }

async function loaded(args: ProjectArgs, directory: string) {
  const { loadServingRuntimes } = await import('../../spec/index.ts')
  const { environment, namespace } = args
  const { value, problems } = await loadServingRuntimes({
    source: await openProject(directory),
    ...(environment === undefined ? {} : { environment }),
    ...(namespace === undefined ? {} : { overrides: { namespace } }),
  })
  if (value === undefined) throw new SlipwayError(problems)
  return value
}

async function liveRuntimes(input: SessionInput): Promise<KubeObject[]> {
  const { CATALOGUE_KINDS } = await import('../../import/index.ts')
  const apiVersion = 'serving.kserve.io/v1alpha1'
  return withCluster(input, async cluster => {
    const found = await Promise.all(
      CATALOGUE_KINDS.map(async kind => {
        if ((await cluster.kind({ apiVersion, kind })) === undefined) return []
        const { namespace } = input.environment
        const where = isClusterWide({ apiVersion, kind }) ? {} : { namespace }
        const { items } = await cluster.list({ apiVersion, kind, ...where })
        return items.map(item => ({ ...item, apiVersion, kind }))
      }),
    )
    if (found.some(items => items.length > 0)) return found.flat()
    throw failure(
      'kind-missing',
      `the cluster of ${input.environment.name} has no serving runtime`,
      {
        remedy:
          'Install those of KServe (config/runtimes), or name another cluster with --context.',
      },
    )
  })
}
