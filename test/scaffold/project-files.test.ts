import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import test from 'ava'
import { missingAnswers, newEndpoint, projectFiles } from '../../src/scaffold/index.ts'
import { completeEndpoint, loadSet } from '../../src/spec/index.ts'
import { memorySource } from '../spec/memory-source.ts'

const files = projectFiles({
  name: 'shop',
  environment: 'staging',
  namespace: 'llm',
  context: 'st',
})
const textOf = (path: string) => files.find(file => file.path === path)?.text ?? ''

test('R8 · a scaffolded project is valid as it is', async t => {
  const source = memorySource(files.map(({ path, text }) => [path, text]))
  const { value, problems } = await loadSet({ source })
  t.deepEqual(problems, [])
  t.is(value?.project, 'shop')
  t.like(value?.environment, { name: 'staging', namespace: 'llm', context: 'st' })
  t.deepEqual(
    value?.endpoints.map(({ name }) => name),
    ['hello'],
  )
})

test('editors find the schemas: by the first line, and by the settings', t => {
  const settings = JSON.parse(textOf('.vscode/settings.json')) as {
    'yaml.schemas': Record<string, string[]>
  }
  for (const path of Object.keys(settings['yaml.schemas'])) {
    t.like(JSON.parse(textOf(path.replace('./', ''))), { type: 'object' }, path)
  }
  t.regex(
    textOf('slipway.yaml'),
    /^# yaml-language-server: \$schema=\.slipway\/project\.schema\.json\n/,
  )
  const [line = ''] = textOf('endpoints/hello.yaml').split('\n')
  const path = new URL(line.replace(/^.*=/, ''), 'file:///endpoints/hello.yaml').pathname
  t.not(textOf(path.slice(1)), '')
})

test('T4 · the pipeline is that of the templates: nothing is missing, nothing is changed', t => {
  const templates = resolve(import.meta.dirname, '../../templates/github')
  const paths = files.map(({ path }) => path).filter(path => path.startsWith('.github/'))
  t.deepEqual(paths, [
    '.github/actions/slipway/action.yml',
    '.github/workflows/apply.yml',
    '.github/workflows/drift.yml',
    '.github/workflows/preview.yml',
    '.github/workflows/rollback.yml',
  ])
  for (const path of paths) {
    t.is(textOf(path), readFileSync(join(templates, path.replace('.github/', '')), 'utf8'), path)
  }
})

test('a person is asked for what no flag says', t => {
  const names = (given: Parameters<typeof missingAnswers>[0]) =>
    missingAnswers(given).map(({ name }) => name)
  t.deepEqual(names({}), ['runtime'])
  t.deepEqual(names({ runtime: 'kserve' }), ['image', 'cpu', 'memory'])
  t.deepEqual(names({ runtime: 'deployment', serves: 'rag', cpu: '1' }), ['memory'])
  t.deepEqual(names({ runtime: 'external' }), ['host'])
  t.deepEqual(names({ runtime: 'external', host: 'a.example.com' }), [])
})

test('R8 · answers become a valid spec', t => {
  const document = (spec: ReturnType<typeof newEndpoint>) => ({
    apiVersion: 'slipway.dev/v1alpha1' as const,
    kind: 'Endpoint' as const,
    metadata: { name: 'chat' },
    spec,
  })
  const full = {
    runtime: 'kserve',
    image: 'r.example.com/a:1',
    cpu: '2',
    memory: '4Gi',
    gpus: 1,
  } as const
  const { spec } = completeEndpoint(
    document(newEndpoint({ ...full, port: 9000, host: 'a.example.com' })),
  )
  t.like(spec, { runtime: 'kserve', port: 9000, ingress: { host: 'a.example.com' } })
  t.like(spec.resources, { gpus: 1, memory: { request: '4Gi', limit: '4Gi' } })
  const external = completeEndpoint(
    document(newEndpoint({ runtime: 'external', host: 'b.example.com' })),
  )
  t.deepEqual(external.spec.external, { host: 'b.example.com' })
})
