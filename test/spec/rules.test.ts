import test from 'ava'
import { quantityOf } from '../../src/object/index.ts'
import { endpointFile, load, problemText, projectFile } from './support.ts'

/** What is refused is in broken/; here is what the same rules let pass, and what they only warn about. */

const passes = test.macro(async (t, spec: string, metadata?: string) => {
  const text = endpointFile(`image: registry.example.com/chat:v1\n${spec}`, metadata)
  const { problems } = await load({ 'endpoints/chat.yaml': text })
  t.deepEqual(problems.map(problemText), [])
})

const NAME_48 = 'the-assistant-that-answers-questions-of-customer'
const NAME_55 = 'the-assistant-that-answers-questions-of-customers-in-ch'

test('R12 · GPU memory with a GPU', passes, 'resources: {gpus: 1, gpuMemory: 80Gi}')
test('R12 · a request that is its limit', passes, 'resources: {cpu: {request: 1000m, limit: 1}}')
test('R12 · a request in other units', passes, 'resources: {memory: {request: 1023Mi, limit: 1Gi}}')
test(
  'T1 · a grace period of exactly preStop and the margin',
  passes,
  'shutdown: {gracePeriod: 15s}',
)
test('T1 · without preStop the margin alone', passes, 'shutdown: {gracePeriod: 5s, preStop: false}')
test(
  'T1 · a command as long as it says',
  passes,
  'shutdown: {gracePeriod: 25s, preStop: {exec: [drain], time: 20s}}',
)
test(
  'R7 · min of an autoscaler as its max',
  passes,
  'scaling: {min: 2, max: 2, cpu: 70}\nresources: {cpu: 1}',
)
test(
  'R7 · scaling to zero by a custom metric',
  passes,
  'scaling: {min: 0, max: 2, metrics: [{type: External}]}',
)
test(
  'K9 · scaling to zero by Knative',
  passes,
  'runtime: kserve\nkserve: {deploymentMode: serverless}\nscaling: {min: 0, max: 2}',
)
test(
  'K2 · a startup probe of exactly loadTime',
  passes,
  'loadTime: 2m\nprobes: {startup: {period: 10s, failures: 12}}',
)
test(
  'T5 · no surge where no GPU is spare',
  passes,
  'resources: {gpus: 1}\nrollout: {spareGpu: false, maxSurge: 0, maxUnavailable: 1}',
)
test('T5 · a surge without GPUs', passes, 'rollout: {spareGpu: false, maxSurge: 1}')
test(
  'T5 · a budget that allows an eviction',
  passes,
  'replicas: 2\ndisruptionBudget: {minAvailable: 1}',
)
test(
  'K10 · the longest name for KServe',
  passes,
  'runtime: kserve',
  `{name: ${NAME_48}, namespace: llm}`,
)
test('D3 · the longest name for a Deployment', passes, '', `{name: ${NAME_55}}`)
test(
  'D10 · the annotation that keeps objects',
  passes,
  '',
  '{name: chat, annotations: {slipway.dev/prune: disabled}}',
)
test(
  'R7 · labels of others',
  passes,
  '',
  '{name: chat, labels: {app.kubernetes.io/version: "1", team: a}}',
)
test(
  'R7 · two paths of one host',
  passes,
  'volumes: [{name: a, pvc: a, mountPath: /a}, {name: b, pvc: a, mountPath: /a/b}]',
)

for (const image of [
  'registry.example.com/chat:v1.2',
  `registry.example.com/chat:main@sha256:${'a'.repeat(64)}`,
]) {
  test(`R11 · ${image.slice(0, 40)} stays the same image`, async t => {
    const environment = 'policies: {missingRequests: off, mutableTag: error}'
    const { problems } = await load({
      'slipway.yaml': projectFile({ environment }),
      'endpoints/chat.yaml': endpointFile(`image: ${image}`),
    })
    t.deepEqual(problems, [])
  })
}

const warns = test.macro(async (t, spec: string, expected: string) => {
  const text = endpointFile(`image: registry.example.com/chat:v1\n${spec}`)
  const { value, problems } = await load({ 'endpoints/chat.yaml': text })
  t.is(value?.endpoints.length, 1)
  t.deepEqual(problems.map(problemText), [expected])
})

test(
  'T5 · a budget that blocks every drain',
  warns,
  'disruptionBudget: {minAvailable: 1}',
  'endpoints/chat.yaml:6:22 warning contradiction: spec.disruptionBudget allows no pod of 1 to be evicted',
)
test(
  'T5 · the same by maxUnavailable',
  warns,
  'replicas: 3\ndisruptionBudget: {maxUnavailable: 0}',
  'endpoints/chat.yaml:7:22 warning contradiction: spec.disruptionBudget allows no pod of 3 to be evicted',
)
test(
  'K10 · a load time beyond KServe’s deadline',
  warns,
  'runtime: kserve\nloadTime: 12m',
  'endpoints/chat.yaml:7:3 warning contradiction: spec.loadTime is 720s, but KServe calls a rollout failed after 600s',
)

const VALUES: Record<string, number> = {
  '2': 2,
  '500m': 0.5,
  '1.5': 1.5,
  '1k': 1000,
  '1Ki': 1024,
  '2Gi': 2 ** 31,
  '1G': 1e9,
  '0.5Mi': 2 ** 19,
  '3Ti': 3 * 2 ** 40,
}
for (const [quantity, value] of Object.entries(VALUES)) {
  test(`a quantity of ${quantity} is ${value}`, t => t.is(quantityOf(quantity), value))
}
