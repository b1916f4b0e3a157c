import test from 'ava'
import { RENDERED_KINDS } from '../../src/object/index.ts'
import { renderSet } from '../../src/render/index.ts'
import { anEndpoint, aSet } from '../support/endpoint.ts'

test('S4 · the kinds that rules may name are those that endpoints become', t => {
  const everything = {
    replicas: 2,
    resources: { cpu: 1, memory: '1Gi' },
    ingress: { host: 'chat.example.com' },
    serviceAccount: { create: true },
    networkPolicy: { from: [{ podSelector: {} }] },
    metrics: { scrape: 'ServiceMonitor' as const },
  }
  const endpoints = [
    anEndpoint(everything),
    anEndpoint(
      { ...everything, ingress: false, scaling: { min: 1, max: 3, cpu: 70 } },
      { name: 'scaled' },
    ),
    anEndpoint({ runtime: 'kserve' }, { name: 'served' }),
  ]
  const { objects } = renderSet(aSet(endpoints))
  const kinds = new Set(objects.map(({ object }) => object.kind))
  t.deepEqual([...kinds].toSorted(), RENDERED_KINDS.toSorted())
})
