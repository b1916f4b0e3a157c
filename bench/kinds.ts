import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { measureInTurns } from './measure.ts'
import { printTable } from './print-table.ts'

/**
 * What an endpoint costs by what it is made of: the CPU of `slipway render`, without that of an empty start, beside a plain
 * Deployment with its Service: npm run bench:kinds
 */

const CLI = resolve(import.meta.dirname, '../dist/cli/main.js')
const ENDPOINTS = 1_000
const ROUNDS = 5

interface Sort {
  title: string
  spec: (name: string) => string
  /** Of the environment. */
  policies?: string
  /** Beside the endpoint's file. */
  files?: (name: string) => Record<string, string>
}

const PLAIN = `  image: registry.example.com/plain:1.0.0
  replicas: 2
  resources: { cpu: 500m, memory: 1Gi }
`
const CEL = `      policies:
        cel:
          - { name: few, expression: object.spec.replicas <= 5, match: { kinds: [Deployment] } }
          - { name: owned, expression: has(object.metadata.labels), match: { kinds: [Deployment, Service] } }
`
const CONFIG_MAP = (name: string) => `apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}-prompts }
data: { system: You are ${name}. }
`

const SORTS: readonly Sort[] = [
  { title: 'Deployment and Service', spec: () => PLAIN },
  {
    title: 'with a route',
    spec: name => `${PLAIN}  route: { host: ${name}.example.com, gateway: { name: shared } }\n`,
  },
  {
    title: 'with an object of its own',
    spec: () => PLAIN,
    files: name => ({ [`${name}.objects/prompts.yaml`]: CONFIG_MAP(name) }),
  },
  { title: 'with two CEL rules', spec: () => PLAIN, policies: CEL },
  { title: 'InferenceService, its own container', spec: () => `${PLAIN}  runtime: kserve\n` },
  {
    title: 'InferenceService, by model format',
    spec: name => `  runtime: kserve\n  model: { format: sklearn, uri: 's3://models/${name}' }\n`,
  },
]

const RUNTIME = `apiVersion: serving.kserve.io/v1alpha1
kind: ClusterServingRuntime
metadata: { name: sklearn }
spec:
  supportedModelFormats: [{ name: sklearn, version: '1', autoSelect: true, priority: 1 }]
  protocolVersions: [v1, v2]
  containers:
    - name: kserve-container
      image: registry.example.com/sklearnserver:1.0.0
      args: ['--model_name={{.Name}}', --model_dir=/mnt/models, --http_port=8080]
      resources: { requests: { cpu: '1', memory: 2Gi }, limits: { cpu: '1', memory: 2Gi } }
`

const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'))
try {
  const projects = SORTS.flatMap(sort => [project(sort, 1), project(sort, ENDPOINTS)])
  const processes = projects.map(directory => ({ args: [CLI, 'render', '-C', directory] }))
  const measured = measureInTurns(processes, { directory: folder, rounds: ROUNDS })
  const each = SORTS.map((_, index) => {
    const [start, all] = [measured[index * 2], measured[index * 2 + 1]].map(
      one => one?.cpuSeconds ?? Number.NaN,
    )
    return (((all ?? Number.NaN) - (start ?? Number.NaN)) / (ENDPOINTS - 1)) * 1000
  })
  const objects = SORTS.map(
    (_, index) => (measured[index * 2 + 1]?.output.match(/^kind: /gm)?.length ?? 0) / ENDPOINTS,
  )
  const plain = each[0] ?? Number.NaN
  const rows = SORTS.map(({ title }, index) => [
    title,
    String(objects[index]),
    (each[index] ?? Number.NaN).toFixed(2),
    ((each[index] ?? Number.NaN) / plain).toFixed(2),
  ])
  printTable(['endpoint', 'objects', 'CPU ms each', 'times a plain one'], rows)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function project({ title, spec, policies = '', files }: Sort, count: number): string {
  const directory = join(folder, `${title} ${count}`.replaceAll(/\W+/g, '-'))
  mkdirSync(join(directory, 'endpoints'), { recursive: true })
  writeFileSync(join(directory, 'slipway.yaml'), projectFile(policies))
  mkdirSync(join(directory, 'serving-runtimes'))
  writeFileSync(join(directory, 'serving-runtimes/sklearn.yaml'), RUNTIME)
  for (let index = 0; index < count; index += 1) {
    const name = `endpoint-${String(index).padStart(5, '0')}`
    const head = `apiVersion: slipway.dev/v1alpha1\nkind: Endpoint\nmetadata: { name: ${name} }\nspec:\n`
    write(directory, { [`${name}.yaml`]: head + spec(name), ...files?.(name) })
  }
  return directory
}

function write(directory: string, files: Record<string, string>): void {
  for (const [file, text] of Object.entries(files)) {
    const path = join(directory, 'endpoints', file)
    mkdirSync(resolve(path, '..'), { recursive: true })
    writeFileSync(path, text)
  }
}

function projectFile(policies: string): string {
  return `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: { name: bench }
spec:
  environments:
    production:
      namespace: bench
      kserve: { version: 0.20.0 }
${policies}`
}
