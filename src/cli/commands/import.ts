import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Draft, Imported, LiveEndpoint } from '../../import/index.ts'
import { writeNewInside } from '../../files/index.ts'
import { failure, hasErrors, SlipwayError } from '../../problem/index.ts'
import { keptAsText, remarksAsText } from '../../report/index.ts'
import type { EndpointSet } from '../../spec/index.ts'
import { defineCommand } from '../command.ts'
import { CLUSTER, NAMESPACE } from '../options.ts'
import { reportProblems } from '../problems.ts'
import { openProject, renderProject } from '../../project/index.ts'
import { projectFolder } from '../project.ts'
import type { ProjectArgs } from '../project.ts'
import { writeServingRuntimes } from '../import-serving-runtimes.ts'
import { withCluster } from '../session.ts'
import type { SessionInput } from '../session.ts'
import type { Terminal } from '../terminal.ts'

const KINDS: Record<string, { apiVersion: string; kind: string }> = {
  deployment: { apiVersion: 'apps/v1', kind: 'Deployment' },
  inferenceservice: { apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService' },
}

const RUNTIMES = 'servingruntimes'

const LOSS = {
  container: {
    type: 'string',
    requiresArg: true,
    describe: 'Take this container for the model server, where it is not clear which one that is',
  },
  'allow-loss': {
    type: 'boolean',
    default: false,
    describe: 'Write the spec although it is not valid, or an apply of it would take from others',
  },
} as const

export const importCommand = defineCommand({
  name: 'import',
  summary: 'Write the spec of a Deployment or InferenceService that is live',
  description:
    'Reads the object, what stands beside it under the names that slipway would give, and what leads to its pods; writes the endpoint ' +
    'that renders to it, with patches for what the spec has no field for; and says field by field what the next apply would change. ' +
    'Where that would take from others, nothing is written. Changes nothing in the cluster.',
  positionals: {
    kind: {
      describe: 'Kind of the object; servingruntimes for the catalogue of them',
      many: false,
      choices: [...Object.keys(KINDS), RUNTIMES],
    },
    name: {
      describe: "The object's name, and the endpoint's; none for servingruntimes",
      many: true,
    },
  },
  options: { ...CLUSTER, ...NAMESPACE, ...LOSS },
  examples: [
    ['import deployment chat -n llm-ops', 'Into endpoints/chat.yaml; then: slipway diff'],
    ['import inferenceservice iris -e production', "In the environment's namespace"],
    ['import deployment chat --container vllm', 'Its other containers are kept by patches'],
    [
      'import servingruntimes -e production',
      'Into the catalogue; what is there is never overwritten',
    ],
  ],
  run: async ({ kind, name: names, namespace, container, allowLoss, ...args }, terminal) => {
    if (kind === RUNTIMES) {
      refuseNames(names)
      const choice = namespace === undefined ? args : { ...args, namespace }
      return writeServingRuntimes(choice, terminal)
    }
    const name = oneName(names)
    const directory = await projectFolder(args)
    const set = await loaded(args, directory)
    const { environment } = set
    const where = namespace ?? environment.namespace
    const ref = { ...KINDS[kind.toLowerCase()], namespace: where, name }
    const live = await readLive({ args, set, terminal }, ref as Ref)
    const into = { args, directory, set, file: await newFile(directory, name) }
    const { importEndpoint } = await import('../../import/index.ts')
    const render = (draft: Draft) => renderedWith(draft, into)
    const imported = await importEndpoint({ ...live, container, render })
    if (!allowLoss) refuse(imported)
    await write(imported.document, into)
    tell(imported, into, terminal)
    return hasErrors(imported.rendered.problems) ? 1 : 0
  },
})

function refuseNames(names: readonly string[]): void {
  if (names.length === 0) return
  throw failure('usage', `import ${RUNTIMES} takes no name`, {
    remedy: "Leave it out: all of the cluster and of the environment's namespace are written.",
  })
}

function oneName([name, ...others]: readonly string[]): string {
  if (name !== undefined && others.length === 0) return name
  throw failure('usage', 'import takes the name of one object', {
    remedy: 'Write it after the kind: slipway import deployment chat.',
  })
}

interface Ref {
  apiVersion: string
  kind: string
  namespace: string
  name: string
}

async function loaded(args: ProjectArgs, directory: string): Promise<EndpointSet> {
  const { set, problems } = await renderProject({ directory, choice: args })
  if (set === undefined) throw new SlipwayError(problems)
  return set
}

type Reading = Omit<SessionInput, 'environment'> & { set: EndpointSet }

async function readLive({ set, ...input }: Reading, ref: Ref): Promise<LiveEndpoint> {
  const { relatedRefs } = await import('../../import/index.ts')
  const { environment } = set
  const { terminal } = input
  return withCluster({ ...input, environment }, async cluster => {
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
    const related = found.filter(object => object !== undefined)
    const { outsidersFor } = await import('../../import/index.ts')
    const { others, problems } = await outsidersFor({ cluster, set, workload, related })
    reportProblems(problems, terminal)
    return { workload, related, others }
  })
}

interface Into {
  args: ProjectArgs
  directory: string
  set: EndpointSet
  file: { folder: string; path: string }
}

async function newFile(directory: string, name: string): Promise<Into['file']> {
  const { projectPaths } = await import('../../spec/index.ts')
  const [, folder = 'endpoints'] = await projectPaths(await openProject(directory))
  const path = `${folder}/${name}.yaml`
  if (existsSync(join(directory, path))) throw isThere(path)
  return { folder, path }
}

function isThere(path: string) {
  return failure('usage', `${path} is there already`, {
    remedy: 'Move it away, or compare it by "slipway diff".',
  })
}

/** The project with the endpoint in it, before anything is written. */
async function renderedWith(draft: Draft, into: Into): Promise<Imported['rendered']> {
  const { withFile } = await import('../../spec/index.ts')
  const { args, directory, file } = into
  const text = await textOf(draft, into)
  const source = withFile(await openProject(directory), { path: file.path, text })
  const { objects, problems } = await renderProject({ directory, choice: args, source })
  const own = objects.filter(({ endpoint }) => endpoint.name === draft.metadata.name)
  return { objects: own.map(({ object }) => object), problems }
}

/** The namespace is left to the environment where it is that one's. */
async function textOf({ metadata, spec }: Draft, { directory, set, file }: Into): Promise<string> {
  const { endpointFile, SCHEMA_FOLDER } = await import('../../scaffold/index.ts')
  const { namespace, ...rest } = metadata
  const isUsual = namespace === set.environment.namespace
  const hasSchema = existsSync(join(directory, SCHEMA_FOLDER, 'endpoint.schema.json'))
  return endpointFile({
    metadata: isUsual || namespace === undefined ? rest : { ...rest, namespace },
    spec,
    ...(hasSchema ? { depth: file.folder.split('/').length } : {}),
  })
}

function refuse({ losses }: Imported): void {
  if (losses.length > 0) throw new SlipwayError(losses)
}

async function write(draft: Draft, into: Into): Promise<void> {
  const { directory, file } = into
  const text = await textOf(draft, into)
  if (!(await writeNewInside({ folder: directory, path: file.path, text })))
    throw isThere(file.path)
}

function tell(imported: Imported, { directory, file }: Into, terminal: Terminal): void {
  const { rendered, server, kept, remarks, unsaid } = imported
  terminal.out(`${file.path}\n`)
  const own = rendered.problems.filter(({ place }) => place?.file === file.path)
  reportProblems([...unsaid, ...own], terminal, directory)
  if (rendered.objects.length === 0) return
  if (server !== undefined)
    terminal.out(`The model server is container ${server.name}: ${server.reason}.\n`)
  terminal.out(keptAsText(kept, terminal.paintOut))
  terminal.out(remarksAsText(remarks, terminal.paintOut))
}
