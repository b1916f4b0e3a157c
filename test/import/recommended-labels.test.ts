import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { becomes, imported } from '../support/import.ts'
import { deployment, service } from '../support/live-deployment.ts'

/** Recommended labels that were there before slipway: others may find the objects by them. */

const CHART = {
  'app.kubernetes.io/name': 'text-server',
  'app.kubernetes.io/instance': 'iris-release',
  'app.kubernetes.io/component': 'api',
  'app.kubernetes.io/part-of': 'assistant',
  'app.kubernetes.io/version': '1.2',
}
const HELM = { ...CHART, 'app.kubernetes.io/managed-by': 'Helm' }

const LIVE = deployment({
  labels: CHART,
  metadata: { name: 'iris', namespace: 'llm', labels: HELM },
})
const FRONT: KubeObject = (() => {
  const front = service('front', { selector: CHART, ports: [{ port: 80, targetPort: 8080 }] })
  return { ...front, metadata: { ...front.metadata, labels: HELM } }
})()

test('A1 · recommended labels of what is live stay, but for who manages it', async t => {
  const result = await imported({ workload: LIVE, others: [FRONT] })
  t.deepEqual(result.losses, [])
  for (const object of [LIVE, FRONT]) {
    const { labels } = becomes(result, object).metadata
    t.like(labels, { ...CHART, 'app.kubernetes.io/managed-by': 'slipway' }, object.kind)
    t.is(labels?.['slipway.dev/endpoint'], 'iris')
  }
  t.deepEqual(
    result.unsaid.map(({ message }) => message),
    ['Deployment/llm/iris', 'Service/llm/front'].map(
      ref => `metadata.labels.app.kubernetes.io/managed-by of ${ref} is something else in the spec`,
    ),
  )
})

test('A1 · they stay with --improve, too', async t => {
  const result = await imported({ workload: LIVE, others: [FRONT], improve: true })
  t.like(becomes(result, LIVE).metadata.labels, CHART)
  t.like(becomes(result, FRONT).metadata.labels, CHART)
})

test('A1 · an instance that the pods do not have may be Argo CD’s mark, and becomes slipway’s', async t => {
  const labels = { 'app.kubernetes.io/instance': 'models-app' }
  const live = deployment({ metadata: { name: 'iris', namespace: 'llm', labels } })
  const result = await imported({ workload: live })
  t.is(becomes(result, live).metadata.labels?.['app.kubernetes.io/instance'], 'iris')
  t.regex(result.unsaid[0]?.cause ?? '', /slipway sets this label itself/)
})

test('R7 · what was adopted with its labels is imported as the same spec again', async t => {
  const first = await imported({ workload: LIVE, others: [FRONT] })
  const [workload, front] = [becomes(first, LIVE), becomes(first, FRONT)]
  const second = await imported({ workload, others: [front] })
  t.is(second.document.spec.serves, undefined)
  t.deepEqual(becomes(second, workload).metadata.labels, workload.metadata.labels)
  t.deepEqual(becomes(second, front).metadata.labels, front.metadata.labels)
})
