import test from 'ava'
import { adoptionOf } from '../../src/import/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import { SlipwayError } from '../../src/problem/index.ts'
import { imported } from '../support/import.ts'

/** The row of an object in the table of an import. */

const LABELS = { app: 'iris' }

function deployment(spec: object = {}, metadata: object = {}): KubeObject {
  const containers = [
    {
      name: 'model',
      image: 'registry.example.com/own:3',
      ports: [{ containerPort: 8080, protocol: 'TCP' }],
      resources: {},
    },
  ]
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'iris', namespace: 'llm', ...metadata },
    spec: {
      replicas: 1,
      selector: { matchLabels: LABELS },
      template: { metadata: { labels: LABELS }, spec: { containers } },
      ...spec,
    },
  }
}

test('A1 · an import that would be refused is not at all, with its reasons, first things first', async t => {
  const live = deployment({}, { name: 'iris-'.repeat(12) })
  const { state, reasons } = adoptionOf(await imported({ workload: live }))
  t.is(state, 'not at all')
  t.true(reasons.length > 1)
})

test('A1 · an import that ends with an error is not at all', t => {
  const problems = [
    { code: 'guard', severity: 'warning', message: 'a warning' },
    { code: 'guard', severity: 'error', message: 'no container' },
  ] as const
  t.deepEqual(adoptionOf(new SlipwayError([...problems])), {
    state: 'not at all',
    reasons: ['no container'],
  })
})
