import test from 'ava'
import { compareRenders } from '../../src/plan/index.ts'
import { renderSet } from '../../src/render/index.ts'
import { changesAsText, painter, renderChanges } from '../../src/report/index.ts'
import type { SpecInput } from '../../src/spec/index.ts'
import { anEndpoint, aSet } from '../support/endpoint.ts'

/** What is said of an endpoint that is new. */

const MIN = { cpu: '1', memory: '4Gi' }

const row = test.macro<[spec: SpecInput, words: string, options?: { withoutImage: boolean }]>({
  exec: (t, spec, words, options = { withoutImage: false }) => {
    const { objects } = renderSet(aSet([anEndpoint(spec, options)]))
    const changes = renderChanges(compareRenders([], objects), objects)
    const [head = ''] = changesAsText(changes, painter(false)).split('; ')
    t.is(head.replace(/^.*? create chat: .*?, (?=image|host)/, ''), words)
  },
  title: (_, spec, words) => `T5 · a new endpoint (${spec.runtime ?? 'deployment'}): ${words}`,
})

test(row, { resources: MIN }, 'image registry.example.com/server:1.0.0, 1 replica')
test(
  row,
  {
    resources: { ...MIN, gpus: 2 },
    replicas: 3,
    model: { ref: 'llama-3' },
    ingress: { host: 'chat.example.com' },
  },
  'image registry.example.com/server:1.0.0, model llama-3, 2 GPUs × 3 replicas, host chat.example.com',
)
test(
  row,
  { resources: { ...MIN, gpus: 1 }, scaling: { min: 1, max: 4, cpu: 80 } },
  'image registry.example.com/server:1.0.0, 1 GPU × 1 to 4 replicas',
)
test(
  row,
  {
    runtime: 'kserve',
    resources: { ...MIN, gpus: 1 },
    model: { uri: 's3://models/a' },
    replicas: 2,
  },
  'image registry.example.com/server:1.0.0, model s3://models/a, 1 GPU × 2 replicas',
)
test(row, { runtime: 'external', external: { host: 'api.example.com' } }, 'host api.example.com', {
  withoutImage: true,
})
