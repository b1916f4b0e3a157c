import test from 'ava'
import { parse, stringify } from 'yaml'
import { renderSet } from '../../src/render/index.ts'
import { loadSet } from '../../src/spec/index.ts'
import { memorySource } from '../spec/memory-source.ts'
import { problemText } from '../spec/support.ts'
import { blocksOf, pages, type Excerpt } from './pages.ts'

/** Every YAML example of a page is valid in a project: whole documents, and parts of one with what the page leaves to its reader. */

type Fields = Record<string, unknown>

const HEAD = { apiVersion: 'slipway.dev/v1alpha1' }
const OF_PROJECT = ['environments', 'defaults', 'catalogues', 'groups', 'servingTargets']
/** Steps and jobs of workflows: what others read. */
const OF_WORKFLOWS = ['steps', 'run', 'uses']

/** What a page says in words, or further up. */
const CONTEXT: Record<string, Fields> = {
  'docs/canary.md': {
    route: { host: 'chat.example.com' },
    canary: { weight: 10, image: 'registry.example.com/chat:2.0.0' },
  },
}

for (const page of pages()) {
  for (const example of blocksOf(page, ['yaml'])) {
    test(`P1 · ${example.place} is valid`, async t => {
      const files = filesOf(example, CONTEXT[page.path] ?? {})
      t.deepEqual(files === undefined ? [] : await errorsOf(files), [])
    })
  }
}

test('P1 · examples of every kind are looked at', t => {
  const examples = pages().flatMap(page => blocksOf(page, ['yaml']))
  const judged = examples.filter(example => filesOf(example, {}) !== undefined)
  t.true(judged.length >= 35, String(judged.length))
  t.true(examples.length - judged.length <= 5, String(examples.length))
})

async function errorsOf(files: Record<string, string>): Promise<string[]> {
  const source = memorySource(Object.entries(files))
  const environments = Object.keys(parse(files['slipway.yaml'] ?? '').spec.environments)
  const found = await Promise.all(
    environments.map(async environment => {
      const { value, problems } = await loadSet({ source, environment })
      return [...problems, ...(value === undefined ? [] : renderSet(value).problems)]
    }),
  )
  return found
    .flat()
    .filter(({ severity }) => severity === 'error')
    .map(problemText)
}

/** A project with the example in its place; undefined for what is no part of one. */
function filesOf({ text }: Excerpt, context: Fields): Record<string, string> | undefined {
  const example: unknown = parse(text.replaceAll('sha256:…', `sha256:${'0'.repeat(64)}`))
  if (!isFields(example) || has(example, OF_WORKFLOWS)) return undefined
  if ('kind' in example && example['apiVersion'] !== HEAD.apiVersion)
    return project({ 'endpoints/chat.objects/own.yaml': example })
  return project(partsOf(example, context))
}

function partsOf(example: Fields, context: Fields): Record<string, Fields> {
  const { kind, spec } = example
  if (kind === 'ModelCatalogue') return { 'models.yaml': example }
  if (kind === 'ImageCatalogue') return { 'images.yaml': example }
  if ('generation' in example)
    return { 'images.yaml': { ...HEAD, kind: 'ImageCatalogue', spec: { images: example } } }
  if ('policies' in example)
    return { 'slipway.yaml': projectOf({ environments: { test: example } }) }
  if (has(example, OF_PROJECT)) return { 'slipway.yaml': projectOf(example) }
  if (isFields(spec) && has(spec, OF_PROJECT)) return { 'slipway.yaml': projectOf(spec) }
  const isWhole = isFields(spec) || 'metadata' in example
  const own = isWhole ? example : { spec: example }
  return { 'endpoints/chat.yaml': merged(merged(endpoint(), { spec: context }), own) }
}

function endpoint(): Fields {
  const spec = {
    image: 'registry.example.com/chat:1.0.0',
    resources: { cpu: 1, memory: '4Gi' },
    serviceAccount: { create: true },
  }
  return { ...HEAD, kind: 'Endpoint', metadata: { name: 'chat' }, spec }
}

/** With what most pages take for granted: a gateway, and where KEDA asks. */
function projectOf(spec: Fields): Fields {
  const defaults = {
    route: { gateway: { name: 'shared' } },
    scaling: { queue: { prometheus: { serverAddress: 'http://prometheus.example.com' } } },
  }
  const environments = spec['environments'] ?? { test: {} }
  const usual = { namespace: 'llm-ops', defaults, environments }
  return { ...HEAD, kind: 'Project', metadata: { name: 'models' }, spec: merged(usual, spec) }
}

function project(files: Record<string, Fields>): Record<string, string> {
  const all = {
    'slipway.yaml': projectOf({}),
    'endpoints/chat.yaml': endpoint(),
    'serving-runtimes/sklearn.yaml': RUNTIME,
    'platform/runtimes/sklearn.yaml': RUNTIME,
    'policies/images.yaml': POLICY,
    ...files,
  }
  return Object.fromEntries(Object.entries(all).map(([path, value]) => [path, stringify(value)]))
}

const RUNTIME: Fields = {
  apiVersion: 'serving.kserve.io/v1alpha1',
  kind: 'ClusterServingRuntime',
  metadata: { name: 'sklearn' },
  spec: {
    supportedModelFormats: [{ name: 'sklearn', autoSelect: true }],
    protocolVersions: ['v1', 'v2'],
    containers: [
      {
        name: 'kserve-container',
        image: 'registry.example.com/sklearn:1.0.0',
        args: ['--port=8080'],
        ports: [{ containerPort: 8080 }],
      },
    ],
  },
}

const POLICY: Fields = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicy',
  metadata: { name: 'images' },
  spec: {
    matchConstraints: {
      resourceRules: [
        {
          apiGroups: ['apps'],
          apiVersions: ['v1'],
          operations: ['CREATE'],
          resources: ['deployments'],
        },
      ],
    },
    validations: [{ expression: 'object.spec.template.spec.containers.size() > 0' }],
  },
}

function has(fields: Fields, names: readonly string[]): boolean {
  return names.some(name => name in fields)
}

function merged(weak: Fields, strong: Fields): Fields {
  const all: Fields = { ...weak }
  for (const [key, value] of Object.entries(strong)) {
    const below = all[key]
    all[key] = isFields(value) && isFields(below) ? merged(below, value) : value
  }
  return all
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
