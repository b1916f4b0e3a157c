import test from 'ava'
import { parse } from 'yaml'
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

test('T4 · the workflows preview without secrets and apply one at a time', t => {
  const preview = parse(textOf('.github/workflows/preview.yml')) as Workflow
  const apply = parse(textOf('.github/workflows/apply.yml')) as Workflow
  t.deepEqual(preview.permissions, { contents: 'read' })
  t.notRegex(textOf('.github/workflows/preview.yml'), /secrets\./)
  t.like(apply.concurrency, { group: 'slipway-staging', 'cancel-in-progress': false })
  const commands = [preview, apply].flatMap(({ jobs }) =>
    Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? [])),
  )
  t.deepEqual(
    commands.flatMap(command => command.match(/slipway \w+ -e \w+/g) ?? []),
    ['slipway validate -e staging', 'slipway diff -e staging', 'slipway apply -e staging'],
  )
  for (const { path, text } of files.filter(file => file.path.endsWith('.yml'))) {
    t.notRegex(text, /uses: \S+@(?![0-9a-f]{40} )/, `${path}: actions are pinned by commit`)
  }
})

interface Workflow {
  permissions: unknown
  concurrency?: Record<string, unknown>
  jobs: Record<string, { steps: { run?: string }[] }>
}

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
