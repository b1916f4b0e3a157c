import test from 'ava'
import { endpointFile, load, problemText, projectFile } from './support.ts'

const policy = test.macro<[name: string, spec: string, expected: string]>(
  async (t, name, spec, expected) => {
    const problemsWith = async (level: string) => {
      const environment = `policies: {missingRequests: off, ${name}: ${level}}`
      const { problems } = await load({
        'slipway.yaml': projectFile({ environment }),
        'endpoints/chat.yaml': endpointFile(`image: registry.example.com/chat:v1\n${spec}`),
      })
      return problems.map(problemText)
    }
    t.deepEqual(await problemsWith('off'), [])
    t.deepEqual(await problemsWith('warn'), [expected])
    t.deepEqual(await problemsWith('error'), [expected.replace('warning', 'error')])
  },
)

test(
  'K2 · policy missingProbes: a probe is switched off',
  policy,
  'missingProbes',
  'probes: {liveness: false}',
  'endpoints/chat.yaml:6:12 warning policy: the liveness probe of chat is switched off',
)
test(
  'T1 · policy shortGrace: less than the serving target needs',
  policy,
  'shortGrace',
  'serves: generation\nshutdown: {gracePeriod: 60s}',
  'endpoints/chat.yaml:7:14 warning policy: spec.shutdown.gracePeriod is 60s; for "generation" it is usually 120s or more',
)
test(
  'R12 · policy gpuPlacement: any GPU of the cluster',
  policy,
  'gpuPlacement',
  'resources: {gpus: 1}',
  'endpoints/chat.yaml:6:15 warning policy: chat takes any GPU: it names no node selector, toleration or GPU memory',
)

for (const spec of [
  'resources: {gpus: 1, gpuMemory: 24Gi}',
  'resources: {gpus: 1}\nscheduling: {nodeSelector: {gpu: a100}}',
  'resources: {gpus: 0}',
]) {
  test(`R12 · policy gpuPlacement has nothing to say: ${spec.replace('\n', ', ')}`, async t => {
    const environment = 'policies: {missingRequests: off, gpuPlacement: error}'
    const { problems } = await load({
      'slipway.yaml': projectFile({ environment }),
      'endpoints/chat.yaml': endpointFile(`image: registry.example.com/chat:v1\n${spec}`),
    })
    t.deepEqual(problems, [])
  })
}

const problemsWith = async (policies: string) => {
  const { value, problems } = await load({
    'slipway.yaml': projectFile({ environment: `policies: ${policies}` }),
    'endpoints/chat.yaml': endpointFile('image: registry.example.com/chat:v1'),
  })
  return { policies: value?.environment.policies, problems: problems.map(problemText) }
}

test('S4 · "policies: strict" is every policy that has a level as an error', async t => {
  const { problems } = await problemsWith('strict')
  t.deepEqual(problems, [
    'endpoints/chat.yaml:4:1 error policy: chat requests no cpu and no memory',
  ])
  const { policies } = await problemsWith(
    '{strict: true, missingRequests: off, hosts: [a.example]}',
  )
  t.like(policies, {
    mutableTag: 'error',
    missingProbes: 'error',
    missingRequests: 'off',
    hosts: { level: 'error', allow: ['a.example'] },
    registries: { level: 'error', allow: [] },
    podSecurity: { level: 'error', standard: 'restricted' },
    snippets: 'error',
    finalizers: 'error',
  })
})

test('S4 · an allowance is a list, a map with a level, or off', async t => {
  const { policies } = await problemsWith(
    '{missingRequests: off, namespaces: off, hosts: {allow: [a], level: warn}, registries: [b]}',
  )
  t.like(policies, {
    namespaces: { level: 'off' },
    hosts: { level: 'warn', allow: ['a'] },
    registries: { level: 'error', allow: ['b'] },
  })
})

test('R8 · a policy that is no policy is an error at its place', async t => {
  t.deepEqual((await problemsWith('lax')).problems, [
    'slipway.yaml:8:17 error wrong-type: spec.environments.production.policies must be strict, or a map of policies, not "lax"',
  ])
  t.deepEqual((await problemsWith('{registry: [b]}')).problems, [
    'slipway.yaml:8:18 error unknown-field: unknown field "registry" in spec.environments.production.policies',
  ])
})
test(
  'S3 · policy plainSecrets: a value that is a secret by its name',
  policy,
  'plainSecrets',
  'env: {HF_TOKEN: correct-horse}',
  'endpoints/chat.yaml:6:9 warning policy: spec.env.HF_TOKEN looks like a secret in plain text',
)
