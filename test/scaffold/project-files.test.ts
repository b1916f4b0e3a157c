import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import test from 'ava'
import { missingAnswers, newEndpoint, nextSteps, projectFiles } from '../../src/scaffold/index.ts'
import { parse } from 'yaml'
import { completeEndpoint, loadSet } from '../../src/spec/index.ts'
import { memorySource } from '../spec/memory-source.ts'

const files = projectFiles({
  name: 'shop',
  environment: 'staging',
  namespace: 'llm',
  context: 'st',
  folder: '',
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
    '.github/workflows/canary.yml',
    '.github/workflows/drift.yml',
    '.github/workflows/preview.yml',
    '.github/workflows/promote.yml',
    '.github/workflows/rollback.yml',
    '.github/workflows/status.yml',
  ])
  for (const path of paths) {
    t.is(textOf(path), readFileSync(join(templates, path.replace('.github/', '')), 'utf8'), path)
  }
})

test('T4 · a project in a folder of its repository: workflows of its own at the root, which work there', t => {
  const all = projectFiles({
    name: 'serving',
    environment: 'staging',
    namespace: 'llm',
    folder: 'ml/my serving',
  })
  const pipeline = all.filter(({ from }) => from === 'repository')
  t.deepEqual(
    pipeline.map(({ path }) => path),
    [
      '.github/actions/slipway/action.yml',
      '.github/workflows/serving-apply.yml',
      '.github/workflows/serving-canary.yml',
      '.github/workflows/serving-drift.yml',
      '.github/workflows/serving-preview.yml',
      '.github/workflows/serving-promote.yml',
      '.github/workflows/serving-rollback.yml',
      '.github/workflows/serving-status.yml',
    ],
  )
  t.true(
    all.filter(({ from }) => from === 'project').every(({ path }) => !path.includes('.github')),
  )
  const paths = ['ml/my serving/**']
  const triggers: Record<string, object> = {
    apply: { push: { branches: ['main'], paths } },
    preview: { pull_request: { paths } },
  }
  for (const { path, text } of pipeline.slice(1)) {
    const workflow = parse(text) as GithubWorkflow
    const [, name = ''] = /serving-(\w+)\.yml$/.exec(path) ?? []
    t.is(workflow.name, `serving ${name}`)
    const trigger = triggers[name]
    if (trigger !== undefined) t.like(workflow.on, trigger)
    t.deepEqual(workflow.defaults.run, { shell: 'bash', 'working-directory': 'ml/my serving' })
    for (const [id, job] of Object.entries(workflow.jobs)) {
      const uses = job.steps.map(step => step.uses ?? '')
      const isCheckedOut = uses.some(each => each.startsWith('actions/checkout@'))
      const hasScripts = job.steps.some(step => step.run !== undefined)
      const expected = isCheckedOut || !hasScripts ? undefined : '.'
      t.is(job.defaults?.run['working-directory'], expected, `${path} ${id}`)
      for (const step of job.steps.filter(each => each.uses?.startsWith('./')))
        t.deepEqual(step.with, { folder: 'ml/my serving' })
      if (job.concurrency !== undefined) t.regex(job.concurrency.group, /^slipway-serving-/)
    }
  }
  const textIn = (name: string) => pipeline.find(({ path }) => path.endsWith(name))?.text ?? ''
  t.regex(textIn('serving-rollback.yml'), /gh workflow run serving-apply\.yml/)
  t.regex(textIn('serving-preview.yml'), /<!-- slipway:diff:serving:\$ENVIRONMENT -->/)
  t.regex(textIn('serving-drift.yml'), /title="serving: \$ENVIRONMENT is not/)
})

interface GithubWorkflow {
  name: string
  on: object
  defaults: { run: object }
  jobs: Record<
    string,
    {
      defaults?: { run: Record<string, string> }
      concurrency?: { group: string }
      steps: { uses?: string; run?: string; with?: object }[]
    }
  >
}

test('S3 · the next steps keep every branch but main from the credentials, and doctor checks it', t => {
  const text = nextSteps({ environment: 'live' })
  for (const place of ['live', 'live-read']) {
    t.regex(text, new RegExp(`environments/${place} .*custom_branch_policies\\]=true`))
    t.regex(text, new RegExp(`environments/${place}/deployment-branch-policies -f name=main`))
    t.regex(text, new RegExp(`gh secret set KUBECONFIG --env ${place} `))
  }
  t.regex(text, /slipway doctor --github/)
})

test('an environment without a context says so, in its file and among the next steps', async t => {
  const choices = { name: 'shop', environment: 'live', namespace: 'llm', folder: '' }
  const unnamed = projectFiles(choices)
  const text = unnamed.find(({ path }) => path === 'slipway.yaml')?.text ?? ''
  t.regex(text, /# No context is named, so the current one of the kubeconfig is used/)
  const source = memorySource(unnamed.map(file => [file.path, file.text]))
  t.deepEqual((await loadSet({ source })).problems, [])
  t.notRegex(textOf('slipway.yaml'), /No context/)
  t.regex(nextSteps(choices), /^live has no context: commands use the current one/)
  t.notRegex(nextSteps({ ...choices, context: 'st' }), /no context/)
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
