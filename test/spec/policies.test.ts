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
