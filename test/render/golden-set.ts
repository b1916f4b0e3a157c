import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadSet } from '../../src/spec/index.ts'
import type { EndpointSet, Source } from '../../src/spec/index.ts'

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

/** The cases' endpoints as a project, read in the given order. */
export async function goldenSet(cases: readonly string[] = CASES): Promise<EndpointSet> {
  const files = new Map([
    ['slipway.yaml', PROJECT],
    ['models.yaml', MODELS],
    ['images.yaml', IMAGES],
    ...cases.map(name => [`endpoints/${name}.yaml`, read(name)] as const),
  ])
  const { value, problems } = await loadSet({ source: sourceOf(files) })
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
