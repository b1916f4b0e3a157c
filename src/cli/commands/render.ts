import { failure } from '../../problem/index.ts'
import { documentOf, explanationAsText, jsonText } from '../../report/index.ts'
import { defineCommand } from '../command.ts'
import { SEVERAL } from '../environments.ts'
import { NAMESPACE, outputOption, switchFlag, textFlag } from '../options.ts'
import { checkNames, refuseAbsent, type Proven } from '../../project/index.ts'
import { artifactWritten, filesWritten } from '../artifact-text.ts'
import { loadProject, loadWithProvenance } from '../project.ts'

export const render = defineCommand({
  name: 'render',
  summary: 'Print the Kubernetes objects of endpoints',
  description:
    'Renders the objects that apply would send, in a stable order. Needs no cluster. `-o dir` writes one file per ' +
    'endpoint for Flux, Argo CD or kubectl; files of endpoints that are gone are removed. `-o oci` writes the same files as an OCI artifact, ' +
    'as `flux push artifact` makes it, in an image layout to be pushed to a registry.',
  positionals: { names: { describe: 'Only these endpoints', many: true } },
  options: {
    ...SEVERAL,
    ...NAMESPACE,
    ...outputOption(['yaml', 'json', 'dir', 'oci']),
    'output-dir': textFlag('Write into this folder, with -o dir or -o oci'),
    explain: switchFlag('Show each setting, its value and where it comes from, instead of objects'),
  },
  examples: [
    ['render -e production chat', 'One endpoint as production gets it'],
    ['render --explain chat', 'Which file and line each setting comes from'],
    ['render -o dir --output-dir manifests', 'Files for another engine'],
    ['render -e production -o oci --output-dir artifact', 'An artifact to be pushed to a registry'],
  ],
  course: args => {
    refuseHalfFolder({ ...args, isExplained: args.explain })
    const format = args.explain && args.output === 'yaml' ? 'text' : args.output
    return { order: 'together', isLocal: true, format }
  },
  run: async ({ names, output, outputDir, explain: isExplained, ...args }, terminal) => {
    if (outputDir !== undefined) {
      const whole = await loadWithProvenance(args, terminal)
      // What is not checked out would be taken for deleted.
      refuseAbsent(whole.provenance)
      terminal.err(await writeWhole(whole, output, outputDir))
      return 0
    }
    const { set, objects } = await loadProject(args, terminal)
    const { unitNames, unitsOf } = await import('../../spec/index.ts')
    checkNames(names, unitNames(set))
    const isWanted = (name: string) => names.length === 0 || names.includes(name)
    const { explain, toJson, toYaml } = await import('../../render/index.ts')
    if (isExplained) {
      const endpoints = unitsOf(set).filter(({ name }) => isWanted(name))
      const explanations = endpoints.map(each => ({ endpoint: each.name, rows: explain(each) }))
      const texts = explanations.map(each => explanationAsText(each, terminal.paintOut))
      terminal.out(
        output === 'json' ? jsonText(documentOf('Explanation', explanations)) : texts.join('\n'),
      )
    } else {
      const wanted = objects.filter(({ endpoint }) => isWanted(endpoint.name))
      terminal.data(output === 'json' ? toJson(wanted) : toYaml(wanted))
    }
    return 0
  },
})

/** Resolves to what is said of it. */
async function writeWhole(whole: Proven, output: string, folder: string): Promise<string> {
  if (output === 'oci') {
    const { writeArtifact } = await import('../../handoff/index.ts')
    const artifact = await writeArtifact(folder, whole)
    return artifactWritten(artifact, folder, `REGISTRY/NAME:${artifact.tag}`)
  }
  const { writeFolder } = await import('../../render/index.ts')
  const { files, removed } = await writeFolder(folder, whole.project.objects)
  return filesWritten(folder, files, removed)
}

interface FolderArgs {
  output: string
  outputDir?: string | undefined
  names: readonly string[]
  isExplained: boolean
}

/** A folder is of the whole project: files of other endpoints in it would be taken for stale. */
function refuseHalfFolder({ output, outputDir, names, isExplained }: FolderArgs): void {
  const isFolder = output === 'dir' || output === 'oci'
  if (isFolder !== (outputDir !== undefined)) {
    const format = isFolder ? output : 'dir'
    throw failure('usage', `-o ${format} and --output-dir belong together: give both or none`)
  }
  if (isFolder && (names.length > 0 || isExplained)) {
    const message = `-o ${output} writes the whole project: it takes no names and no --explain`
    throw failure('usage', message)
  }
}
