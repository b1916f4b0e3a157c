import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { LiveEndpoint } from '../../import/index.ts'
import { writeNewInside } from '../../files/index.ts'
import { failure, hasErrors, SlipwayError } from '../../problem/index.ts'
import { remarksAsText } from '../../report/index.ts'
import type { EndpointSet } from '../../spec/index.ts'
import { defineCommand } from '../command.ts'
import { CLUSTER, NAMESPACE } from '../options.ts'
import { reportProblems } from '../problems.ts'
import { openProject, projectFolder, renderProject } from '../project.ts'
import { withCluster } from '../session.ts'
import type { SessionInput } from '../session.ts'

const KINDS: Record<string, { apiVersion: string; kind: string }> = {
  deployment: { apiVersion: 'apps/v1', kind: 'Deployment' },
  inferenceservice: { apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService' },
}

export const importCommand = defineCommand({
  name: 'import',
  summary: 'Write the spec of a Deployment or InferenceService that is live',
  description:
    'Reads the object, and what stands beside it under the names that slipway would give, writes the endpoint that renders to ' +
    'it, and says field by field what the next apply would change. Changes nothing in the cluster.',
  positionals: {
    kind: { describe: 'Kind of the object', many: false, choices: Object.keys(KINDS) },
    name: { describe: "The object's name, and the endpoint's", many: false },
  },
  options: { ...CLUSTER, ...NAMESPACE },
  examples: [
    ['import deployment chat -n llm-ops', 'Into endpoints/chat.yaml; then: slipway diff'],
    ['import inferenceservice iris -e production', "In the environment's namespace"],
  ],
  run: async ({ kind, name, namespace, ...args }, terminal) => {
    const directory = await projectFolder(args)
    const set = await loaded(args, directory)
    const { environment } = set
    const where = namespace ?? environment.namespace
    const ref = { ...KINDS[kind.toLowerCase()], namespace: where, name }
    const live = await readLive({ args, environment, terminal }, ref as Ref)
    const path = await write(live, { directory, set })
    terminal.out(`${path}\n`)
    const again = await renderProject(args, directory)
    const own = again.problems.filter(({ place }) => place?.file === path)
    reportProblems(own, terminal, directory)
    const { compare } = await import('../../import/index.ts')
    const objects = again.objects.filter(({ endpoint }) => endpoint.name === name)
    if (objects.length > 0) {
      const rendered = objects.map(({ object }) => object)
      const remarks = compare(rendered, [live.workload, ...live.related])
      terminal.out(remarksAsText(remarks, terminal.paintOut))
    }
    return hasErrors(again.problems) ? 1 : 0
  },
})

interface Ref {
  apiVersion: string
  kind: string
  namespace: string
  name: string
}

async function loaded(
  args: Parameters<typeof renderProject>[0],
  directory: string,
): Promise<EndpointSet> {
  const { set, problems } = await renderProject(args, directory)
  if (set === undefined) throw new SlipwayError(problems)
  return set
}

async function readLive(input: SessionInput, ref: Ref): Promise<LiveEndpoint> {
  const { relatedRefs } = await import('../../import/index.ts')
  return withCluster(input, async cluster => {
    const workload = await cluster.get(ref)
    if (workload === undefined) {
      throw failure(
        'unknown-endpoint',
        `there is no ${ref.kind} "${ref.name}" in ${ref.namespace}`,
        {
          remedy: 'Name its namespace with -n, and the cluster with --context.',
        },
      )
    }
    const found = await Promise.all(relatedRefs(workload).map(each => cluster.get(each)))
    return { workload, related: found.filter(object => object !== undefined) }
  })
}

interface Into {
  directory: string
  set: EndpointSet
}

/** The namespace is left to the environment where it is that one's. */
async function write(live: LiveEndpoint, { directory, set }: Into): Promise<string> {
  const { importEndpoint } = await import('../../import/index.ts')
  const { endpointFile, SCHEMA_FOLDER } = await import('../../scaffold/index.ts')
  const { projectPaths } = await import('../../spec/index.ts')
  const { metadata, spec } = importEndpoint(live)
  const { namespace, ...rest } = metadata
  const isUsual = namespace === set.environment.namespace
  const [, folder = 'endpoints'] = await projectPaths(await openProject(directory))
  const path = `${folder}/${metadata.name}.yaml`
  const hasSchema = existsSync(join(directory, SCHEMA_FOLDER, 'endpoint.schema.json'))
  const text = endpointFile({
    metadata: isUsual || namespace === undefined ? rest : { ...rest, namespace },
    spec,
    ...(hasSchema ? { depth: folder.split('/').length } : {}),
  })
  if (await writeNewInside({ folder: directory, path, text })) return path
  throw failure('usage', `${path} is there already`, {
    remedy: 'Move it away, or compare it by "slipway diff".',
  })
}
