import { resolve } from 'node:path'
import test from 'ava'
import { renderSet } from '../../src/render/index.ts'
import { listEnvironments, loadSet, openFolder, type Endpoint } from '../../src/spec/index.ts'
import { quantityOf } from '../../src/object/index.ts'

/** The project in the repository's root is the first thing that people try. */
const source = openFolder(resolve(import.meta.dirname, '../..'))
const environments = await listEnvironments(source)

test('it has the environments that the documentation speaks of', t => {
  t.deepEqual(environments, ['sandbox', 'kserve', 'staging', 'production'])
})

for (const environment of environments) {
  test(`in ${environment} it is valid, without a warning`, async t => {
    const { value, problems } = await loadSet({ source, environment })
    t.deepEqual(problems, [])
    t.true((value?.endpoints.length ?? 0) >= 5)
    if (value !== undefined) t.deepEqual(renderSet(value).problems, [])
  })

  test(`in ${environment} it fits on a sandbox, one pod more for every endpoint included`, async t => {
    const { value } = await loadSet({ source, environment })
    const need = { cpu: 0, memory: 0, gpus: 0 }
    for (const endpoint of value?.endpoints ?? []) {
      const pods = podsOf(endpoint) + 1
      const { cpu, memory, gpus } = endpoint.spec.resources
      need.cpu += pods * (quantityOf(cpu?.request) ?? 0)
      need.memory += pods * (quantityOf(memory?.request) ?? 0)
      need.gpus += pods * gpus
    }
    t.true(need.cpu <= 2 * 32, `${need.cpu} CPUs`)
    t.true(need.memory <= 2 * 256 * 2 ** 30, `${need.memory} bytes`)
    t.true(need.gpus <= 8, `${need.gpus} GPUs`)
  })
}

function podsOf({ spec }: Endpoint): number {
  if (spec.runtime === 'external') return 0
  return spec.scaling === undefined ? spec.replicas : (spec.scaling.max ?? 1)
}

test('K8 · the sandbox has no KServe, so nothing asks for it there', async t => {
  const { value } = await loadSet({ source, environment: 'sandbox' })
  const runtimes = value?.endpoints.map(({ spec }) => spec.runtime)
  t.false(runtimes?.includes('kserve'))
  t.true(runtimes?.includes('external'))
})

test('the five sorts of endpoints are there', async t => {
  const { value } = await loadSet({ source, environment: 'kserve' })
  const byName = new Map(value?.endpoints.map(endpoint => [endpoint.name, endpoint]))
  const california = byName.get('california-housing-predictor')
  t.is(california?.namespace, 'kubeflow-user01')
  t.is(california?.spec.runtime, 'kserve')
  t.is(california?.spec.port, 8000)
  const llama = byName.get('llama-3-8b-chat')
  t.deepEqual(llama?.spec.limits, {
    concurrentRequests: 256,
    inputTokens: 4096,
    outputTokens: 1024,
  })
  t.is(llama?.spec.resources.gpus, 1)
  t.true((llama?.spec.loadTime ?? 0) >= 600)
  t.true((llama?.spec.shutdown.gracePeriod ?? 0) >= 120)
  t.truthy(byName.get('bge-m3-embeddings')?.spec.scaling)
  t.truthy(byName.get('fraud-score'))
  t.is(byName.get('hosted-assistant')?.spec.runtime, 'external')
})
