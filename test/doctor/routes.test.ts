import test from 'ava'
import { clashesOf } from '../../src/doctor/checks/hosts.ts'
import { refusal } from '../../src/doctor/checks/listeners.ts'
import type { KubeObject } from '../../src/object/index.ts'

/** What the doctor says of routes before an apply: of their gateways, and of others that claim their hosts. */

const API = 'gateway.networking.k8s.io/v1'

interface Asked {
  section?: string
  host?: string
  namespace?: string
  certificate?: string
  name?: string
}

function aRoute(asked: Asked = {}): KubeObject {
  const { section, host = 'chat.example.com', namespace = 'llm', certificate, name } = asked
  const annotations = certificate === undefined ? {} : { 'slipway.dev/certificate': certificate }
  const rules = [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }] }]
  const parentRefs = [{ namespace: 'edge', name: 'shared', sectionName: section }]
  return {
    apiVersion: API,
    kind: 'HTTPRoute',
    metadata: { name: name ?? 'chat-route', namespace, annotations },
    spec: { parentRefs, hostnames: [host], rules },
  }
}

function aGateway(...listeners: object[]): KubeObject {
  return {
    apiVersion: API,
    kind: 'Gateway',
    metadata: { name: 'shared', namespace: 'edge' },
    spec: { listeners },
  }
}

const from = (word: string, selector?: object) => ({
  allowedRoutes: { namespaces: { from: word, ...(selector && { selector }) } },
})
const http = { name: 'http', protocol: 'HTTP', port: 80, ...from('All') }
const https = { ...http, name: 'https', protocol: 'HTTPS', port: 443 }
const certified = { ...https, tls: { certificateRefs: [{ name: 'example-com' }] } }
const team = from('Selector', { matchLabels: { team: 'llm' } })

const CASES: [title: string, gateway: KubeObject, asked: Asked, says: RegExp | undefined][] = [
  ['any listener', aGateway(http), {}, undefined],
  ['the listener that is named', aGateway(http, https), { section: 'https' }, undefined],
  ['no such listener', aGateway(http), { section: 'https' }, /no listener https; there are: http/],
  ['no listener at all', aGateway(), {}, /no listener ; there are: none|no listener/],
  [
    'its own namespace only',
    aGateway({ ...http, ...from('Same') }),
    {},
    /no HTTPRoute from .* llm/,
  ],
  ['a route beside it', aGateway({ ...http, ...from('Same') }), { namespace: 'edge' }, undefined],
  ['nothing is said', aGateway({ name: 'http', protocol: 'HTTP' }), {}, /no HTTPRoute from/],
  ['nobody', aGateway({ ...http, ...from('None') }), {}, /no HTTPRoute from/],
  ['a label that is there', aGateway({ ...http, ...team }), {}, undefined],
  [
    'a label that is missing',
    aGateway({ ...http, ...from('Selector', { matchLabels: { team: 'x' } }) }),
    {},
    /no HTTPRoute from/,
  ],
  [
    'another kind',
    aGateway({ ...http, allowedRoutes: { kinds: [{ kind: 'GRPCRoute' }] } }),
    {},
    /no HTTPRoute/,
  ],
  ['another protocol', aGateway({ ...http, protocol: 'TCP' }), {}, /no HTTPRoute/],
  ['its host', aGateway({ ...http, hostname: 'chat.example.com' }), {}, undefined],
  ['a wildcard', aGateway({ ...http, hostname: '*.example.com' }), {}, undefined],
  [
    'a wildcard of the route',
    aGateway({ ...http, hostname: 'a.example.com' }),
    { host: '*.example.com' },
    undefined,
  ],
  [
    'another host',
    aGateway({ ...http, hostname: '*.example.org' }),
    {},
    /no listener for the host chat\.example\.com/,
  ],
  [
    'the domain itself',
    aGateway({ ...http, hostname: '*.example.com' }),
    { host: 'example.com' },
    /no listener for/,
  ],
  ['its certificate', aGateway(http, certified), { certificate: 'example-com' }, undefined],
  [
    'another certificate',
    aGateway(certified),
    { certificate: 'chat-tls' },
    /certificate example-com, not chat-tls/,
  ],
  [
    'no certificate',
    aGateway(http),
    { certificate: 'chat-tls' },
    /certificate \(none\), not chat-tls/,
  ],
]

for (const [title, gateway, asked, says] of CASES)
  test(`W2 · a gateway that takes ${title}`, t => {
    const clause = refusal({ gateway, route: aRoute(asked), labels: { team: 'llm' } })
    if (says === undefined) t.is(clause, undefined)
    else t.regex(clause ?? 'nothing', says)
  })

test('W2 · where labels of namespaces may not be read, a selector keeps nobody out', t => {
  t.is(refusal({ gateway: aGateway({ ...http, ...team }), route: aRoute() }), undefined)
})

test('W2 · a host that somebody else in the cluster claims is told once, whatever the kind', t => {
  const ingress: KubeObject = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'old', namespace: 'web' },
    spec: { rules: [{ host: 'chat.example.com', http: { paths: [{ path: '/' }] } }] },
  }
  const [own, same] = [aRoute(), aRoute({ name: 'twin', namespace: 'web' })]
  const elsewhere = aRoute({ name: 'rank', host: 'rank.example.com' })
  const found = clashesOf([own], [own, ingress, same, elsewhere])
  t.deepEqual(
    found.map(({ check, message }) => `${check}: ${message}`),
    [
      'host chat.example.com/: HTTPRoute/llm/chat-route claims it, and so does Ingress/web/old',
      'host chat.example.com/: HTTPRoute/llm/chat-route claims it, and so does HTTPRoute/web/twin',
    ],
  )
  t.true(found.every(({ state }) => state === 'warning'))
})
