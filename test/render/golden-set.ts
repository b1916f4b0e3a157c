import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadSet, type EndpointSet, type Source } from '../../src/spec/index.ts'

export const GOLDEN = join(import.meta.dirname, 'golden')

export const CASES = readdirSync(GOLDEN).toSorted()

const PROJECT = `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: { name: ml-endpoints }
spec:
  environments:
    dev: { namespace: llm }
`
const MODELS = `apiVersion: slipway.dev/v1alpha1
kind: ModelCatalogue
spec:
  models:
    llama-3-8b-1.2.0: { family: llama, jobType: FINE_TUNING, uri: 's3://models/llama-3-8b/1.2.0', status: approved }
    forest: { family: forest, uri: 's3://models/forest', status: approved }
    rank-3: { family: xgboost, uri: 'pvc://models/rank/3', status: approved }
`
const IMAGES = `apiVersion: slipway.dev/v1alpha1
kind: ImageCatalogue
spec:
  images:
    generation:
      gpu: registry.example.com/vllm:0.6.0
      limits:
        concurrentRequests: { arg: --max-num-seqs }
        inputTokens: { arg: --max-model-len }
        outputTokens: { env: MAX_OUTPUT_TOKENS }
`

const RUNTIME = `apiVersion: serving.kserve.io/v1alpha1
kind: ClusterServingRuntime
metadata: { name: forest-server }
spec:
  supportedModelFormats: [{ name: forest, version: "1", autoSelect: true }]
  containers:
    - name: kserve-container
      image: registry.example.com/forest:1.0.0
      args: ["--name={{.Name}}", --port=8080]
      resources: { requests: { cpu: "1", memory: 2Gi }, limits: { memory: 2Gi } }
`

/** The cases' endpoints as a project, read in the given order; for a version of KServe. */
export async function goldenSet(
  cases: readonly string[] = CASES,
  kserveVersion?: string,
): Promise<EndpointSet> {
  const files = new Map([
    ['slipway.yaml', PROJECT],
    ['models.yaml', MODELS],
    ['images.yaml', IMAGES],
    ['serving-runtimes/forest.yaml', RUNTIME],
    ...cases.map(name => [`endpoints/${name}.yaml`, read(name)] as const),
  ])
  const { value, problems } = await loadSet({
    source: sourceOf(files),
    ...(kserveVersion !== undefined && { overrides: { kserveVersion } }),
  })
  if (value === undefined) throw new Error(problems.map(({ message }) => message).join('\n'))
  return value
}

function read(name: string): string {
  return readFileSync(join(GOLDEN, name, 'endpoint.yaml'), 'utf8')
}

function sourceOf(files: ReadonlyMap<string, string>): Source {
  return {
    description: 'golden cases',
    list: folder =>
      Promise.resolve([...files.keys()].filter(path => path.startsWith(`${folder}/`))),
    read: path => {
      const text = files.get(path)
      return Promise.resolve(text === undefined ? undefined : new TextEncoder().encode(text))
    },
  }
}
