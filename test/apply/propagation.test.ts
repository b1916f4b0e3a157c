import test from 'ava'
import { propagationOf } from '../../src/apply/delete/propagation.ts'
import type { DeleteOptions } from '../../src/cluster/index.ts'

const kinds: [apiVersion: string, kind: string, propagation: DeleteOptions['propagation']][] = [
  ['apps/v1', 'Deployment', 'Foreground'],
  ['serving.kserve.io/v1beta1', 'InferenceService', 'Foreground'],
  ['v1', 'Service', 'Foreground'],
  ['example.com/v1', 'Thing', 'Foreground'],
  ['example.com/v1', 'Role', 'Foreground'],
  ['v1', 'ConfigMap', 'Background'],
  ['v1', 'Secret', 'Background'],
  ['autoscaling/v2', 'HorizontalPodAutoscaler', 'Background'],
  ['policy/v1', 'PodDisruptionBudget', 'Background'],
  ['rbac.authorization.k8s.io/v1', 'Role', 'Background'],
]
for (const [apiVersion, kind, propagation] of kinds) {
  test(`D1 · a ${kind} of ${apiVersion} is deleted in ${propagation}`, t => {
    const live = { apiVersion, kind, metadata: { name: 'chat' } }
    t.is(propagationOf({ live, isReplaced: true }), propagation)
    if (kind !== 'Service') t.is(propagationOf({ live, isReplaced: false }), propagation)
  })
}

const ingress = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'chat' } }
const tls = [{ hosts: ['chat.example.com'], secretName: 'chat-tls' }]

test('D1 · an Ingress with TLS, which may own a Certificate, is deleted in Foreground', t => {
  t.is(propagationOf({ live: { ...ingress, spec: { tls } }, isReplaced: false }), 'Foreground')
})

test('D1 · an Ingress without TLS, which owns nothing, is deleted in Background', t => {
  t.is(propagationOf({ live: { ...ingress, spec: { tls: [] } }, isReplaced: true }), 'Background')
  t.is(propagationOf({ live: { ...ingress, spec: { rules: [] } }, isReplaced: true }), 'Background')
  t.is(propagationOf({ live: ingress, isReplaced: true }), 'Background')
})

test('D1 · a Service that is not created again does not wait for its EndpointSlices', t => {
  const live = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'chat-svc' } }
  t.is(propagationOf({ live, isReplaced: false }), 'Background')
  t.is(
    propagationOf({ live: { ...live, apiVersion: 'serving.knative.dev/v1' }, isReplaced: false }),
    'Foreground',
  )
})
