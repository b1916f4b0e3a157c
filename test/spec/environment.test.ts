import test from 'ava'
import { chooseEnvironments, listEnvironments, loadSet } from '../../src/spec/index.ts'
import { memorySource } from './memory-source.ts'
import { catalogueFile, endpointFile, load, problemText, projectFile } from './support.ts'

const CHAT = endpointFile('image: registry.example.com/chat:v1')
const OWN = endpointFile('image: registry.example.com/own:v1', '{name: own, namespace: team-a}')

function project(spec: string): string {
  return `apiVersion: slipway.dev/v1alpha1\nkind: Project\nmetadata: {name: test}\nspec:\n${spec}`
}

const TWO = project(`  namespace: llm-ops
  environments:
    staging: {}
    production:
      context: prod
      namespace: llm-prod
      createNamespace: true
      kserve: {version: 0.15.2}
      policies: {unapprovedModel: warn, mutableTag: error, missingRequests: off, maxPrune: {count: 5, share: 20%}}
`)

const source = (slipway: string) =>
  memorySource([
    ['slipway.yaml', slipway],
    ['endpoints/chat.yaml', CHAT],
    ['endpoints/own.yaml', OWN],
  ])

test('D6 · an environment says where and how strictly', async t => {
  const { value } = await loadSet({ source: source(TWO), environment: 'production' })
  t.is(value?.project, 'test')
  t.deepEqual(value?.environment, {
    name: 'production',
    context: 'prod',
    namespace: 'llm-prod',
    createNamespace: true,
    kserve: { version: '0.15.2' },
    policies: {
      unapprovedModel: 'warn',
      mutableTag: 'error',
      missingRequests: 'off',
      missingProbes: 'off',
      shortGrace: 'off',
      gpuPlacement: 'off',
      plainSecrets: 'warn',
      signedCommits: 'off',
      namespaces: { level: 'off', allow: [] },
      hosts: { level: 'off', allow: [] },
      serviceAccounts: { level: 'off', allow: [], roles: [] },
      registries: { level: 'off', allow: [] },
      podSecurity: { level: 'off', standard: 'restricted' },
      snippets: 'off',
      externalIPs: 'off',
      finalizers: 'off',
      rules: {},
      maxPrune: { count: 5, share: 0.2 },
    },
    place: { file: 'slipway.yaml', line: 8, column: 5 },
  })
  t.is(value?.endpoints[0]?.kserveVersion, '0.15.2')
})

test('D6 · what it does not say has documented defaults', async t => {
  const { value } = await loadSet({ source: source(TWO), environment: 'staging' })
  t.deepEqual(value?.environment, {
    name: 'staging',
    namespace: 'llm-ops',
    createNamespace: false,
    kserve: { version: '0.20.0' },
    policies: {
      unapprovedModel: 'error',
      mutableTag: 'warn',
      missingRequests: 'warn',
      missingProbes: 'off',
      shortGrace: 'off',
      gpuPlacement: 'off',
      plainSecrets: 'warn',
      signedCommits: 'off',
      namespaces: { level: 'off', allow: [] },
      hosts: { level: 'off', allow: [] },
      serviceAccounts: { level: 'off', allow: [], roles: [] },
      registries: { level: 'off', allow: [] },
      podSecurity: { level: 'off', standard: 'restricted' },
      snippets: 'off',
      externalIPs: 'off',
      finalizers: 'off',
      rules: {},
      maxPrune: { count: 10, share: 0.5 },
    },
    place: { file: 'slipway.yaml', line: 7, column: 5 },
  })
})

test('D6 · an endpoint’s own namespace stays, others get the environment’s', async t => {
  const { value } = await loadSet({ source: source(TWO), environment: 'production' })
  t.deepEqual(
    value?.endpoints.map(({ name, namespace }) => `${namespace}/${name}`),
    ['llm-prod/chat', 'team-a/own'],
  )
})

test('D6 · a namespace from the command line takes the place of the environment’s', async t => {
  const { value } = await loadSet({
    source: source(project('  environments:\n    staging: {}\n')),
    overrides: { namespace: 'mine' },
  })
  t.is(value?.environment.namespace, 'mine')
  t.deepEqual(
    value?.endpoints.map(({ namespace }) => namespace),
    ['mine', 'team-a'],
  )
  t.deepEqual(value?.endpoints[0]?.originOf('metadata.namespace'), { layer: 'overlay' })
})

test('R7 · the default environment is used when none is named', async t => {
  const text = TWO.replace('spec:\n', 'spec:\n  defaultEnvironment: staging\n')
  t.is((await loadSet({ source: source(text) })).value?.environment.name, 'staging')
})

test('R8 · an unknown environment is an error that names what was meant', async t => {
  const { value, problems } = await loadSet({ source: source(TWO), environment: 'prodution' })
  t.is(value, undefined)
  t.deepEqual(problems.map(problemText), [
    'slipway.yaml:6:3 error unknown-environment: there is no environment "prodution" in slipway.yaml',
  ])
  t.is(problems[0]?.remedy, 'Did you mean "production"?')
})

test('R8 · an environment may not be an inherited property', async t => {
  const { problems } = await loadSet({ source: source(TWO), environment: 'constructor' })
  t.is(problems[0]?.code, 'unknown-environment')
  t.is(problems[0]?.remedy, 'Environments: staging, production.')
})

test('environments are listed in the order of the file', async t => {
  t.deepEqual(await listEnvironments(source(TWO)), ['staging', 'production'])
  t.deepEqual(await listEnvironments(memorySource([])), [])
})

test('R8 · without slipway.yaml there is no project', async t => {
  const { problems } = await loadSet({ source: memorySource([]) })
  t.deepEqual(problems.map(problemText), ['- error no-project: there is no slipway.yaml in memory'])
})

test('R8 · the problems of all files come at once, by file and line', async t => {
  const { value, problems } = await load({
    'slipway.yaml': projectFile(),
    'models.yaml': catalogueFile('ModelCatalogue', 'm: {status: good}'),
    'endpoints/b.yaml': endpointFile('image: registry.example.com/b:v1\nporf: 1\nruntime: x'),
    'endpoints/a.yaml': 'a: [',
    'endpoints/notes.txt': 'no YAML: [',
    'endpoints/.hidden.yaml': 'no YAML: [',
  })
  t.is(value, undefined)
  t.deepEqual(
    problems.map(({ place, code }) => `${place?.file}:${place?.line} ${code}`),
    [
      'endpoints/a.yaml:1 yaml-syntax',
      'endpoints/b.yaml:6 unknown-field',
      'endpoints/b.yaml:7 bad-value',
      'models.yaml:5 bad-value',
    ],
  )
})

test('R8 · rules are checked for the endpoints that can be read, whatever is wrong with others', async t => {
  const { problems } = await load({
    'endpoints/a.yaml': 'a: [',
    'endpoints/b.yaml': endpointFile(
      'image: registry.example.com/b:v1\nresources: {gpuMemory: 8Gi}',
    ),
  })
  t.deepEqual(
    problems.map(({ code }) => code),
    ['yaml-syntax', 'contradiction'],
  )
})

test('R8 · a project without endpoints is a warning: it may have had its last one removed', async t => {
  const { value, problems } = await load({})
  t.deepEqual(value?.endpoints, [])
  t.deepEqual(
    problems.map(({ code, severity }) => [code, severity]),
    [['empty-project', 'warning']],
  )
})

test('R8 · an endpoint’s name is unique in the project, whatever the namespaces', async t => {
  const { value, problems } = await load({
    'endpoints/a.yaml': endpointFile('image: registry.example.com/a:v1', '{name: a, namespace: x}'),
    'endpoints/b.yaml': endpointFile('image: registry.example.com/a:v1', '{name: a, namespace: y}'),
  })
  t.is(value, undefined)
  t.deepEqual(problems.map(problemText), [
    'endpoints/b.yaml:3:12 error duplicate-endpoint: there are two endpoints "a"; the other one is at endpoints/a.yaml:3:12',
  ])
})

const GROUPED = project(`  namespace: llm-ops
  environments: {staging: {}, laptop: {pipeline: false}, eu: {}, us: {}}
  groups: {live: [us, eu]}
`)

const choices: [
  title: string,
  question: Parameters<typeof chooseEnvironments>[1],
  names: string[],
  isList: boolean,
][] = [
  ['one', { environment: 'eu' }, ['eu'], false],
  [
    'several, in the order in which they are named',
    { environment: 'us, staging' },
    ['us', 'staging'],
    true,
  ],
  ['a group, in its own order', { environment: 'live' }, ['us', 'eu'], true],
  ['each once', { environment: 'eu,live' }, ['eu', 'us'], true],
  ['all but those that pipelines leave out', { all: true }, ['staging', 'eu', 'us'], true],
  ['one that there is not stays', { environment: 'live,prod' }, ['us', 'eu', 'prod'], true],
  ['none', {}, [], false],
]
for (const [title, question, names, isList] of choices) {
  test(`R7 · environments that are meant: ${title}`, async t => {
    t.deepEqual(await chooseEnvironments(source(GROUPED), question), { names, isList })
  })
}

test('R7 · where slipway.yaml cannot be read, the name stays for whoever loads it', async t => {
  const chosen = await chooseEnvironments(source('kind: ['), { environment: 'eu' })
  t.deepEqual(chosen, { names: ['eu'], isList: false })
})

const WITH_GROUPS = TWO.replace(
  'spec:\n',
  'spec:\n  groups: {eu: [staging], all: [staging, production]}\n',
)

test('R8 · of an unknown environment it is said what are environments and what are groups', async t => {
  const { problems } = await loadSet({ source: source(WITH_GROUPS), environment: 'elsewhere' })
  t.is(problems[0]?.remedy, 'Environments: staging, production. Groups: eu, all.')
})

test('R8 · where one environment is wanted, a group is told as what it is', async t => {
  const { problems } = await loadSet({ source: source(WITH_GROUPS), environment: 'all' })
  t.is(problems[0]?.message, '"all" is a group, and one environment is wanted here')
  t.is(problems[0]?.remedy, 'It stands for staging, production: name one of them.')
})
