import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseAllDocuments, stringify } from 'yaml'
import { importEndpoint, type Draft, type Imported } from '../../src/import/index.ts'
import { comparable } from '../../src/import/comparable.ts'
import { asKserveWrites } from '../../src/import/inference-service/as-kserve-writes.ts'
import { SlipwayError } from '../../src/problem/index.ts'
import { equalValues, type KubeObject } from '../../src/object/index.ts'
import { renderSet } from '../../src/render/index.ts'
import { loadSet } from '../../src/spec/index.ts'
import { GO } from './go.ts'

/** The InferenceServices of v1beta1 in KServe's own repository, read from its pinned module. */

export interface Sample {
  path: string
  object: KubeObject
}

export function samplesOf(version: string): Sample[] {
  return documentsBelow(version).filter(({ object }) => isInferenceService(object))
}

/** The serving runtimes that a sample names and brings in its own folder, as files of a project's catalogue. */
export function runtimesBeside(sample: Sample, version: string): Record<string, string> {
  const found = documentsBelow(version).filter(
    ({
      path,
      object: {
        kind,
        metadata: { name },
      },
    }) =>
      dirname(path) === dirname(sample.path) &&
      (kind === 'ClusterServingRuntime' || kind === 'ServingRuntime') &&
      JSON.stringify(sample.object).includes(name),
  )
  return Object.fromEntries(
    found.map(({ object }) => [
      `serving-runtimes/sample-${object.metadata.name}.yaml`,
      stringify(object),
    ]),
  )
}

const read = new Map<string, Sample[]>()

function documentsBelow(version: string): Sample[] {
  const known = read.get(version) ?? readSamples(moduleFolder(version))
  read.set(version, known)
  return known
}

function readSamples(root: string): Sample[] {
  return ['docs/samples', 'test'].flatMap(folder =>
    [...yamlFilesBelow(join(root, folder))].flatMap(file =>
      documentsOf(file).map(object => ({ path: file.slice(root.length + 1), object })),
    ),
  )
}

function moduleFolder(version: string): string {
  const module = `github.com/kserve/kserve@v${version}`
  const { stdout } = spawnSync(GO, ['mod', 'download', '-json', module], { encoding: 'utf8' })
  const { Dir } = JSON.parse(stdout) as { Dir: string }
  return Dir
}

function* yamlFilesBelow(folder: string): Generator<string> {
  for (const name of readdirSync(folder).toSorted()) {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) yield* yamlFilesBelow(path)
    else if (/\.ya?ml$/.test(name)) yield path
  }
}

function documentsOf(file: string): KubeObject[] {
  const text = readFileSync(file, 'utf8')
  if (!/kind: "?(InferenceService|(Cluster)?ServingRuntime)"?/.test(text)) return []
  return parseAllDocuments(text, { logLevel: 'error' })
    .map((document): unknown => document.toJS())
    .filter(isObject)
    .map(object => ({ ...object, metadata: { ...object.metadata, namespace: 'llm' } }))
}

function isObject(document: unknown): document is KubeObject {
  const { apiVersion, kind, metadata } = Object(document) as Partial<KubeObject>
  return apiVersion !== undefined && kind !== undefined && metadata !== undefined
}

function isInferenceService({ apiVersion, kind }: KubeObject): boolean {
  return apiVersion === 'serving.kserve.io/v1beta1' && kind === 'InferenceService'
}

export interface Adopted {
  document?: Imported['document']
  /** Why it is not taken over as it is; none where it is. */
  reasons: string[]
}

/** Whether the imported endpoint renders to the object, to the letter, in a project with these serving runtimes. */
export async function adoptionOfSample(
  object: KubeObject,
  { version, runtimes }: { version: string; runtimes: Record<string, string> },
): Promise<Adopted> {
  const render = (draft: Draft) => rendered(draft, runtimes, version)
  try {
    const imported = await importEndpoint({ workload: object, related: [], render })
    return { document: imported.document, reasons: reasonsOf(imported, object) }
  } catch (error) {
    if (error instanceof SlipwayError)
      return { reasons: error.problems.map(({ message }) => message) }
    throw error
  }
}

function reasonsOf(
  { losses, unsaid, rendered: { objects, problems } }: Imported,
  object: KubeObject,
) {
  const [own, ...others] = objects
  const errors = problems.filter(({ severity }) => severity === 'error')
  const found = [...losses, ...unsaid, ...errors].map(({ message }) => message)
  if (own === undefined) return [...found, 'nothing is rendered']
  const [ours, theirs] = [own, asKserveWrites(object)].map(plain)
  return [
    ...found,
    ...others.map(({ kind }) => `a ${kind} is added`),
    ...(equalValues(ours, theirs)
      ? []
      : [`${JSON.stringify(ours)} in place of ${JSON.stringify(theirs)}`]),
  ]
}

/** Without what KServe's webhook writes at every update, and with quantities in one spelling. */
function plain(object: KubeObject): unknown {
  const { metadata, ...rest } = comparable(object)
  const { labels, annotations } = Object(metadata) as Required<KubeObject['metadata']>
  const own = Object.entries(annotations).filter(
    ([name]) => name !== 'modelFormat' && name !== 'serving.kserve.io/deploymentMode',
  )
  return { ...rest, labels, annotations: Object.fromEntries(own) }
}

async function rendered(
  { metadata, spec }: Draft,
  runtimes: Record<string, string>,
  version: string,
): Promise<Imported['rendered']> {
  const files: Record<string, string> = {
    'slipway.yaml': `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: {name: models}
spec:
  environments:
    test: {namespace: llm, kserve: {version: ${version}}}
`,
    'endpoints/sample.yaml': stringify({
      apiVersion: 'slipway.dev/v1alpha1',
      kind: 'Endpoint',
      metadata,
      spec,
    }),
    ...runtimes,
  }
  const source = {
    description: 'samples',
    list: async (folder: string) =>
      Object.keys(files).filter(path => path.startsWith(`${folder}/`)),
    read: async (path: string) =>
      files[path] === undefined ? undefined : new TextEncoder().encode(files[path]),
  }
  const { value, problems } = await loadSet({ source })
  if (value === undefined) return { objects: [], problems }
  const set = renderSet(value)
  return { objects: set.objects.map(each => each.object), problems: [...problems, ...set.problems] }
}
