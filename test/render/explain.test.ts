import test from 'ava'
import { explain } from '../../src/render/index.ts'
import { completeEndpoint } from '../../src/spec/index.ts'

const endpoint = completeEndpoint(
  {
    apiVersion: 'slipway.dev/v1alpha1',
    kind: 'Endpoint',
    metadata: { name: 'chat', labels: { 'example.com/team': 'assistants' } },
    spec: {
      image: 'registry.example.com/server:1.0.0',
      serves: 'generation',
      port: 9000,
      resources: { memory: { limit: '8Gi' } },
      imagePullSecrets: ['ecr'],
      volumes: [{ name: 'models', pvc: 'models', mountPath: '/models' }],
    },
  },
  { namespace: 'llm' },
)
const rows = explain(endpoint)
const row = (path: string) => rows.find(candidate => candidate.path === path)

test('R7 · each effective value says which layer it came from', t => {
  t.like(row('spec.port'), { value: 9000, origin: { layer: 'endpoint' } })
  t.like(row('spec.loadTime'), { value: 600, origin: { layer: 'built-in' } })
  t.like(row('spec.probes.readiness.period'), { value: 10, origin: { layer: 'built-in' } })
  t.like(row('spec.shutdown.gracePeriod'), { value: 120, origin: { layer: 'serving-target' } })
  t.like(row('metadata.name'), { value: 'chat', origin: { layer: 'endpoint' } })
  t.like(row('metadata.labels.example.com/team'), { value: 'assistants' })
})

test('R7 · an entry of a list is one value', t => {
  t.like(row('spec.imagePullSecrets[0]'), { value: 'ecr', origin: { layer: 'endpoint' } })
  t.deepEqual(row('spec.volumes[0]')?.value, {
    name: 'models',
    pvc: 'models',
    mountPath: '/models',
  })
})

test('R7 · no effective value comes from nowhere', t => {
  const nowhere = rows.filter(({ origin }) => origin === undefined).map(({ path }) => path)
  t.deepEqual(nowhere, [])
  t.true(rows.length > 20)
})
