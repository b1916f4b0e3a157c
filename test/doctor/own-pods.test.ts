import test from 'ava'
import { ownPodsOf } from '../../src/doctor/workloads.ts'
import { changesIn } from '../../src/doctor/checks/quota-usage.ts'
import type { Patient } from '../../src/doctor/finding.ts'
import type { KubeObject } from '../../src/object/index.ts'
import type { RenderedObject } from '../../src/render/index.ts'

const SPEC = { containers: [{ name: 'server', resources: { requests: { cpu: '2' } } }] }

/** As it was before slipway came: neither selector nor template know of it. */
const adopted: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'rerank', namespace: 'llm-ops', labels: { 'slipway.dev/endpoint': 'rerank' } },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'rerank' } },
    template: { metadata: { labels: { app: 'rerank' } }, spec: SPEC },
  },
}
const objects = [
  { object: adopted, endpoint: { name: 'rerank', namespace: 'llm-ops' } },
] as unknown as RenderedObject[]

const aPod = (labels: Record<string, string>, namespace = 'llm-ops'): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'some', namespace, labels },
  spec: SPEC,
  status: { phase: 'Running' },
})

test('K5 · pods of an adopted Deployment are the set’s own, by its selector', t => {
  const isOwn = ownPodsOf(objects)
  t.true(isOwn(aPod({ app: 'rerank' })))
  t.true(isOwn(aPod({ 'slipway.dev/endpoint': 'rerank' })))
  t.false(isOwn(aPod({ app: 'chat' })))
  t.false(isOwn(aPod({ app: 'rerank' }, 'other')))
})

test('K5 · what an adopted Deployment has already is not asked of a quota a second time', t => {
  const patient = { objects } as unknown as Patient
  const changes = changesIn(patient, 'llm-ops', [aPod({ app: 'rerank' })])
  t.is(
    changes.reduce((sum, { resources }) => sum + (resources.get('requests.cpu') ?? 0), 0),
    0,
  )
})
