import test from 'ava'
import fc from 'fast-check'
import { RENDERED_KINDS, RENDERED_TYPES } from '../../src/kinds/index.ts'
import { compareText } from '../../src/object/index.ts'
import { renderSet } from '../../src/render/index.ts'
import { completeEndpoint } from '../../src/spec/index.ts'
import { anyEndpoint } from '../support/any-endpoint.ts'
import { anEndpoint, aSet } from '../support/endpoint.ts'

test('S4 · the kinds that rules may name are those that endpoints become', t => {
  const everything = {
    replicas: 2,
    resources: { cpu: 1, memory: '1Gi' },
    ingress: { host: 'chat.example.com' },
    route: { host: 'chat.example.com', gateway: { name: 'shared' } },
    serviceAccount: { create: true },
    networkPolicy: { from: [{ podSelector: {} }] },
    metrics: { scrape: 'ServiceMonitor' as const },
  }
  const endpoints = [
    anEndpoint(everything),
    anEndpoint(
      { ...everything, ingress: false, route: false, scaling: { min: 1, max: 3, cpu: 70 } },
      { name: 'scaled' },
    ),
    anEndpoint(
      {
        scaling: {
          max: 3,
          queue: {
            preset: 'vllm-waiting',
            prometheus: { serverAddress: 'http://prometheus:9090' },
            target: 5,
          },
        },
      },
      { name: 'queued' },
    ),
    anEndpoint({ runtime: 'kserve' }, { name: 'served' }),
  ]
  const { objects } = renderSet(aSet(endpoints))
  const kinds = new Set(objects.map(({ object }) => object.kind))
  t.deepEqual([...kinds].toSorted(), RENDERED_KINDS.toSorted())
})

const textOf = ({ apiVersion, kind }: { apiVersion: string; kind: string }) =>
  `${apiVersion} ${kind}`

test('S1 · what is looked for without a record is every kind that an endpoint may become, and no other', t => {
  const documents = fc.sample(anyEndpoint, { seed: 20_261_129, numRuns: 120 })
  const rendered = documents.flatMap(
    document => renderSet(aSet([completeEndpoint(document)])).objects,
  )
  const types = new Set(rendered.map(({ object }) => textOf(object)))
  t.deepEqual([...types].toSorted(compareText), RENDERED_TYPES.map(textOf).toSorted(compareText))
})
