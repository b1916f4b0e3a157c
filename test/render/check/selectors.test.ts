import test from 'ava'
import { anEndpoint } from '../../support/endpoint.ts'
import { bothOutcomes, foundBy, patched, patchedPod } from './outcomes.ts'

const two = [anEndpoint({ replicas: 2 }), anEndpoint({ replicas: 2 }, { name: 'other' })]

test('D4 · selector-service: it takes no pods', bothOutcomes, 'selector-service', {
  good: [...two, anEndpoint({ runtime: 'kserve' }, { name: 'third' })],
  bad: [patched('Service', { spec: { selector: { app: 'chat' } } })],
  says: /Service\/llm\/chat-svc selects no pods \(app=chat,slipway.dev\/endpoint=chat\)/,
  blames: 'spec.patches[0]',
})

test('D4 · selector-service: it takes another endpoint’s pods', bothOutcomes, 'selector-service', {
  good: two,
  bad: [
    patched('Service', {
      spec: {
        selector: { 'slipway.dev/endpoint': null, 'app.kubernetes.io/managed-by': 'slipway' },
      },
    }),
    anEndpoint({}, { name: 'other' }),
  ],
  says: /selects pods of Deployment\/llm\/other too/,
  blames: 'spec.patches[0]',
})

test('selector-service: pods of another namespace do not count', t => {
  const elsewhere = anEndpoint({}, { namespace: 'elsewhere' })
  t.deepEqual(foundBy('selector-service', [anEndpoint(), elsewhere]), [])
})

test('selector-service: an alias of another host has no pods', t => {
  const external = anEndpoint({ runtime: 'external', external: { host: 'api.example.com' } })
  t.deepEqual(foundBy('selector-service', [external]), [])
})

test('T5 · selector-pdb', bothOutcomes, 'selector-pdb', {
  good: two,
  bad: [
    patched(
      'PodDisruptionBudget',
      { spec: { selector: { matchLabels: { 'slipway.dev/endpoint': 'caht' } } } },
      { replicas: 2 },
    ),
  ],
  says: /PodDisruptionBudget\/llm\/chat-pdb selects no pods/,
  blames: 'spec.patches[0]',
})

test('T5 · selector-pdb: expressions count', t => {
  const exists = { key: 'slipway.dev/endpoint', operator: 'Exists' }
  const budget = { spec: { selector: { matchLabels: null, matchExpressions: [exists] } } }
  const wide = patched('PodDisruptionBudget', budget, { replicas: 2 })
  t.deepEqual(foundBy('selector-pdb', [wide]), [])
  const [problem] = foundBy('selector-pdb', [wide, anEndpoint({}, { name: 'other' })])
  t.regex(problem?.message ?? '', /selects pods of Deployment\/llm\/other too/)
})

test('selector-template: labels and selector part', bothOutcomes, 'selector-template', {
  good: two,
  bad: [
    patched('Deployment', {
      spec: { template: { metadata: { labels: { 'slipway.dev/endpoint': 'new' } } } },
    }),
  ],
  says: /Deployment\/llm\/chat does not select the pods of its own template/,
  blames: 'spec.patches[0]',
})

test('selector-template: pods are spread over their own kind', bothOutcomes, 'selector-template', {
  good: [
    anEndpoint({ scheduling: { spread: 'zone' } }),
    anEndpoint({ runtime: 'kserve', scheduling: { spread: 'node' } }, { name: 'other' }),
  ],
  bad: [
    patchedPod(
      {
        topologySpreadConstraints: [
          {
            topologyKey: 'topology.kubernetes.io/zone',
            labelSelector: { matchLabels: { 'slipway.dev/endpoint': 'caht' } },
          },
        ],
      },
      { scheduling: { spread: 'zone' } },
    ),
  ],
  says: /spreads over topology.kubernetes.io\/zone by labels that its pods do not have/,
  blames: 'spec.patches[0]',
})
