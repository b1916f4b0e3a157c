import test from 'ava'
import { renderSet } from '../../../src/render/index.ts'
import { anEndpoint, aSet } from '../../support/endpoint.ts'
import { bothOutcomes, foundBy, patched } from './outcomes.ts'

const serviceAccount = { name: 'shared', create: true }

test('name-clash: two endpoints make one ServiceAccount', bothOutcomes, 'name-clash', {
  good: [
    anEndpoint({ serviceAccount: { create: true } }),
    anEndpoint({ serviceAccount: { create: true } }, { name: 'other' }),
    anEndpoint({ serviceAccount: 'shared' }, { name: 'third' }),
  ],
  bad: [anEndpoint({ serviceAccount }), anEndpoint({ serviceAccount }, { name: 'other' })],
  says: /endpoint other makes ServiceAccount shared in namespace llm, and so does endpoint chat/,
  blames: 'metadata.name',
})

test('K10 · name-clash: KServe’s children are claimed too', bothOutcomes, 'name-clash', {
  good: [anEndpoint({ runtime: 'kserve' }), anEndpoint({}, { name: 'other-predictor' })],
  bad: [anEndpoint({ runtime: 'kserve' }), anEndpoint({}, { name: 'chat-predictor' })],
  says: /KServe for InferenceService\/llm\/chat makes Deployment chat-predictor in namespace llm, and so does endpoint chat-predictor/,
  blames: 'metadata.name',
})

test('K10 · name-clash: KServe’s Ingress against ours', t => {
  const ours = anEndpoint({ ingress: { host: 'a.example.com' } })
  const theirs = anEndpoint({ runtime: 'kserve' }, { name: 'chat-ingress' })
  t.is(foundBy('name-clash', [ours, theirs]).length, 1)
  t.is(
    renderSet(aSet([ours, theirs])).problems.find(p => p.rule === 'name-clash')?.code,
    'name-clash',
  )
})

test('name-clash: the same name in another namespace is another object', t => {
  t.deepEqual(foundBy('name-clash', [anEndpoint(), anEndpoint({}, { namespace: 'other' })]), [])
})

test('host-clash', bothOutcomes, 'host-clash', {
  good: [
    anEndpoint({ ingress: { host: 'a.example.com', path: '/chat' } }),
    anEndpoint({ ingress: { host: 'a.example.com', path: '/rank' } }, { name: 'rank' }),
    anEndpoint(
      { ingress: { host: 'a.example.com', path: '/chat', className: 'internal' } },
      { name: 'third' },
    ),
  ],
  bad: [
    anEndpoint({ ingress: { host: 'a.example.com', path: '/chat' } }),
    anEndpoint({ ingress: { host: 'a.example.com', path: '/chat/' } }, { name: 'rank' }),
  ],
  says: /Ingress\/llm\/rank-ingress claims a.example.com\/chat, and so does Ingress\/llm\/chat-ingress/,
  blames: 'spec.ingress.host',
})

const gateway = { namespace: 'edge', name: 'shared' }
const host = 'a.example.com'

test('host-clash: an Ingress and a route of two endpoints', bothOutcomes, 'host-clash', {
  good: [
    anEndpoint({ ingress: { host }, route: { host, gateway } }),
    anEndpoint({ route: { host, path: '/rank', gateway } }, { name: 'rank' }),
  ],
  bad: [
    anEndpoint({ ingress: { host } }),
    anEndpoint({ route: { host, gateway } }, { name: 'rank' }),
  ],
  says: /Ingress\/llm\/chat-ingress claims a.example.com\/, and so does HTTPRoute\/llm\/rank-route/,
  blames: 'spec.ingress.host',
})

test('host-clash: a gateway without a listener is all of them', bothOutcomes, 'host-clash', {
  good: [
    anEndpoint({ route: { host, gateway: { ...gateway, section: 'https' } } }),
    anEndpoint({ route: { host, gateway: { ...gateway, section: 'internal' } } }, { name: 'rank' }),
    anEndpoint({ route: { host, gateway: { name: 'shared' } } }, { name: 'third' }),
  ],
  bad: [
    anEndpoint({ route: { host, gateway: { ...gateway, section: 'https' } } }),
    anEndpoint({ route: { host, gateway } }, { name: 'rank' }),
  ],
  says: /HTTPRoute\/llm\/rank-route claims a.example.com\/, and so does HTTPRoute\/llm\/chat-route/,
  blames: 'spec.route.host',
})

test('object-names: a Service begins with a letter', bothOutcomes, 'object-names', {
  good: [anEndpoint({}, { name: 'chat-7b' })],
  bad: [anEndpoint({}, { name: '7b-chat' })],
  says: /Service\/llm\/7b-chat-svc has a name that a Service cannot have/,
  blames: 'metadata.name',
})

test('object-names: a Service has at most 63 characters', bothOutcomes, 'object-names', {
  good: [anEndpoint({}, { name: 'a'.repeat(59) })],
  bad: [anEndpoint({}, { name: 'a'.repeat(60) })],
  says: /a{60}-svc has a name/,
  blames: 'metadata.name',
})

test('labels-reserved: a patch takes the endpoint’s label away', bothOutcomes, 'labels-reserved', {
  good: [anEndpoint({}, { labels: { team: 'assistants' } })],
  bad: [patched('Service', { metadata: { labels: { 'slipway.dev/endpoint': null } } })],
  says: /Service\/llm\/chat-svc has lost its label slipway.dev\/endpoint=chat/,
  blames: 'spec.patches[0]',
})

test('labels-reserved: the spec sets one of ours', bothOutcomes, 'labels-reserved', {
  good: [anEndpoint()],
  bad: [anEndpoint({}, { labels: { 'applyset.kubernetes.io/part-of': 'mine' } })],
  says: /chat sets the label applyset.kubernetes.io\/part-of/,
  blames: 'metadata.labels.applyset.kubernetes.io/part-of',
})
