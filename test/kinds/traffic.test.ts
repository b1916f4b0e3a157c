import test from 'ava'
import { kindOf, rangeOf, waveOf } from '../../src/kinds/index.ts'
import type { KubeObject } from '../../src/object/index.ts'

/** Kinds that lead to an endpoint from outside, or scale it, beside those that slipway renders. */

function aRoute(spec: Record<string, unknown>): KubeObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'chat', namespace: 'models' },
    spec: { parentRefs: [{ name: 'public', namespace: 'edge' }], ...spec },
  }
}

const backendRefs = [{ name: 'chat-svc', port: 80 }]

test('W2 · a route claims its hosts and paths at its gateway, and leads to Services', t => {
  const matches = [{ path: { type: 'PathPrefix', value: '/v1/' } }]
  const route = aRoute({ hostnames: ['chat.example.com'], rules: [{ matches, backendRefs }] })
  const { hosts, claims, backends } = kindOf(route).route ?? {}
  t.deepEqual(hosts?.(route), ['chat.example.com'])
  t.deepEqual(claims?.(route), [{ among: 'gateway edge/public', url: 'chat.example.com/v1' }])
  t.deepEqual(backends?.(route), [{ name: 'chat-svc', port: 80 }])
})

test('W2 · a route without hostnames claims every host of its gateway', t => {
  const route = aRoute({ rules: [{ backendRefs }] })
  const { hosts, claims } = kindOf(route).route ?? {}
  t.deepEqual(hosts?.(route), [''])
  t.deepEqual(claims?.(route), [{ among: 'gateway edge/public', url: '*/' }])
})

test('W2 · a match by more than the path shares it, and a backend that is no Service is none', t => {
  const matches = [{ path: { value: '/' }, headers: [{ name: 'x-canary', value: '1' }] }]
  const rules = [{ matches, backendRefs: [{ kind: 'InferencePool', name: 'pool' }] }]
  const route = aRoute({ hostnames: ['chat.example.com'], rules })
  const { claims, backends } = kindOf(route).route ?? {}
  t.deepEqual([claims?.(route), backends?.(route)], [[], []])
})

test('W4 · a ScaledObject scales from zero to a hundred unless it says otherwise', t => {
  const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'chat' } }
  const scaledBy = (spec: Record<string, unknown>): KubeObject => ({
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name: 'chat' },
    spec: { scaleTargetRef: { name: 'chat' }, ...spec },
  })
  t.deepEqual(rangeOf(deployment, [scaledBy({})]), [0, 100])
  t.deepEqual(rangeOf(deployment, [scaledBy({ minReplicaCount: 1, maxReplicaCount: 4 })]), [1, 4])
})

test('W2 · routes and autoscalers are written after what they lead to', t => {
  t.deepEqual(
    [aRoute({}), { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject' }].map(type =>
      waveOf(type),
    ),
    ['traffic', 'traffic'],
  )
})
