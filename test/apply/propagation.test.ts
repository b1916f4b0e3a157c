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
    t.is(propagationOf({ apiVersion, kind, metadata: { name: 'chat' } }), propagation)
  })
}

const ingress = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'chat' } }
const tls = [{ hosts: ['chat.example.com'], secretName: 'chat-tls' }]

test('D1 · an Ingress with TLS, which may own a Certificate, is deleted in Foreground', t => {
  t.is(propagationOf({ ...ingress, spec: { tls } }), 'Foreground')
})

test('D1 · an Ingress without TLS, which owns nothing, is deleted in Background', t => {
  t.is(propagationOf({ ...ingress, spec: { tls: [] } }), 'Background')
  t.is(propagationOf({ ...ingress, spec: { rules: [] } }), 'Background')
  t.is(propagationOf(ingress), 'Background')
})
