import test from 'ava'
import { kindNamed } from '../../src/kinds/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import { partsLost } from '../../src/plan/losses/parts.ts'
import { mayTake, referencesLost } from '../../src/plan/losses/lost-references.ts'

/** What an apply takes from others, told from plain objects. */

type Json = Record<string, unknown>

const object = (
  kind: string,
  name: string,
  spec: Json,
  labels: Record<string, string> = {},
): KubeObject => ({
  apiVersion: kindNamed(kind)?.apiVersion ?? 'v1',
  kind,
  metadata: { name, namespace: 'llm', labels },
  spec,
})

const PORTS = [{ name: 'http', containerPort: 8000 }]
const deployment = (
  labels: Json,
  pod: Json = { containers: [{ name: 'server', ports: PORTS }] },
  spec: Json = {},
) => object('Deployment', 'chat', { ...spec, template: { metadata: { labels }, spec: pod } })

const loses = test.macro(
  (
    t,
    lost: string[],
    [live, result]: [KubeObject, KubeObject],
    outsider: KubeObject,
    isAdopted: boolean = false,
  ) => {
    const becoming = { live, result, isAdopted }
    t.deepEqual(referencesLost(becoming, [outsider]), lost)
    if (lost.length > 0) t.true(mayTake(becoming))
  },
)

const OLD = deployment({ app: 'iris' })
const NEW = deployment({ 'slipway.dev/endpoint': 'chat' })
const NO_MATCH = 'its selector does not match those of Deployment/llm/chat'
const byApp = { matchLabels: { app: 'iris' } }

test(
  'A2 · a Service whose selector the new pods do not match loses them',
  loses,
  [`Service/llm/iris loses its pods: ${NO_MATCH}`],
  [OLD, NEW],
  object('Service', 'iris', { selector: { app: 'iris' } }),
)
test(
  'A2 · a Service that matches the new pods, too, loses nothing',
  loses,
  [],
  [OLD, deployment({ app: 'iris', more: 'x' })],
  object('Service', 'iris', { selector: { app: 'iris' } }),
)
test(
  'A2 · a Service of other pods loses nothing',
  loses,
  [],
  [OLD, NEW],
  object('Service', 'other', { selector: { app: 'other' } }),
)
test(
  'A2 · a Service without a selector loses nothing',
  loses,
  [],
  [OLD, NEW],
  object('Service', 'none', {}),
)
test(
  'A2 · a budget no longer protects',
  loses,
  [`PodDisruptionBudget/llm/iris no longer protects its pods: ${NO_MATCH}`],
  [OLD, NEW],
  object('PodDisruptionBudget', 'iris', { selector: byApp }),
)
test(
  'A2 · a network policy no longer applies',
  loses,
  [`NetworkPolicy/llm/iris no longer applies to its pods: ${NO_MATCH}`],
  [OLD, NEW],
  object('NetworkPolicy', 'iris', { podSelector: byApp }),
)
test(
  'A2 · a network policy of every pod loses nothing',
  loses,
  [],
  [OLD, NEW],
  object('NetworkPolicy', 'all', { podSelector: {} }),
)

const noPort = deployment(
  { app: 'iris' },
  { containers: [{ name: 'server', ports: [{ containerPort: 9000 }] }] },
)
for (const targetPort of ['http', 8000])
  test(
    `A2 · a Service whose target port ${targetPort} is gone loses its pods`,
    loses,
    [`Service/llm/iris loses its pods: they have no port ${JSON.stringify(targetPort)} any more`],
    [OLD, noPort],
    object('Service', 'iris', { selector: { app: 'iris' }, ports: [{ port: 80, targetPort }] }),
  )
test(
  'A2 · a target port that is only named otherwise is still there',
  loses,
  [],
  [
    OLD,
    deployment(
      { app: 'iris' },
      { containers: [{ name: 'server', ports: [{ name: 'web', containerPort: 8000 }] }] },
    ),
  ],
  object('Service', 'iris', { selector: { app: 'iris' }, ports: [{ port: 80, targetPort: 8000 }] }),
)

const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'chat' }
const scaler = object('HorizontalPodAutoscaler', 'iris', { scaleTargetRef })
const served = object(
  'InferenceService',
  'chat',
  { predictor: { containers: [{ name: 'server', ports: PORTS }] } },
  { app: 'iris' },
)
test(
  'A2 · an autoscaler loses its target to the other runtime',
  loses,
  ['HorizontalPodAutoscaler/llm/iris loses what it scales'],
  [OLD, served],
  scaler,
)
test(
  'A2 · an autoscaler loses the replicas that git sets on adoption',
  loses,
  ['HorizontalPodAutoscaler/llm/iris loses the replicas to git'],
  [OLD, deployment({ app: 'iris' }, undefined, { replicas: 2 })],
  scaler,
  true,
)
test('A2 · an autoscaler keeps replicas that git leaves open', loses, [], [OLD, OLD], scaler, true)
test(
  "A2 · an InferenceService's labels are its pods'",
  loses,
  [],
  [OLD, served],
  object('Service', 'iris', { selector: { app: 'iris' } }),
)

const service = (...ports: Json[]) => object('Service', 'chat-svc', { ports })
const route = (port: Json) =>
  object('Ingress', 'door', {
    rules: [{ http: { paths: [{ backend: { service: { name: 'chat-svc', port } } }] } }],
  })
test(
  'A2 · an Ingress loses the port of its backend',
  loses,
  ['Ingress/llm/door loses its backend: chat-svc has no port 8080 any more'],
  [service({ port: 8080 }), service({ port: 80 })],
  route({ number: 8080 }),
)
test(
  'A2 · an Ingress loses the name of its backend’s port',
  loses,
  ['Ingress/llm/door loses its backend: chat-svc has no port web any more'],
  [service({ port: 80, name: 'web' }), service({ port: 80, name: 'http' })],
  route({ name: 'web' }),
)
test(
  'A2 · an Ingress of another port loses nothing',
  loses,
  [],
  [service({ port: 80 }, { port: 8080 }), service({ port: 80 })],
  route({ number: 80 }),
)

test('A2 · nobody is looked for where labels and ports stay', t => {
  t.false(mayTake({ live: OLD, result: OLD, isAdopted: false }))
  t.true(mayTake({ live: OLD, result: OLD, isAdopted: true }))
  t.false(
    mayTake({
      live: object('ConfigMap', 'a', {}),
      result: object('ConfigMap', 'a', {}),
      isAdopted: false,
    }),
  )
})

const parts = test.macro((t, lost: string[], live: KubeObject, result: KubeObject) => {
  t.deepEqual(partsLost(live, result), lost)
})
test(
  'A2 · containers, init containers, volumes and ports that go',
  parts,
  [
    'container envoy goes',
    'init container fetch goes',
    'volume weights goes',
    'container port 9901 goes',
  ],
  deployment(
    {},
    {
      containers: [
        { name: 'envoy', ports: [{ containerPort: 9901 }] },
        { name: 'server', ports: PORTS },
      ],
      initContainers: [{ name: 'fetch' }],
      volumes: [{ name: 'weights' }],
    },
  ),
  OLD,
)
test(
  'A2 · a container under another name is another one',
  parts,
  ['container app goes'],
  deployment({}, { containers: [{ name: 'app', ports: PORTS }] }),
  OLD,
)
test(
  'A2 · components and model servers of KServe that go',
  parts,
  ['component transformer goes', 'model server sklearn goes'],
  object('InferenceService', 'chat', {
    transformer: { containers: [] },
    predictor: { sklearn: { storageUri: 'x' } },
  }),
  served,
)
test(
  'A2 · a port of a Service',
  parts,
  ['port 8080 goes'],
  service({ port: 8080 }),
  service({ port: 80 }),
)
test(
  'A2 · what stays is not lost',
  parts,
  [],
  OLD,
  deployment({}, { containers: [{ name: 'server', ports: PORTS }, { name: 'more' }] }),
)

const ingress = (...hosts: string[]) =>
  object('Ingress', 'chat', {
    ingressClassName: 'nginx',
    rules: hosts.map(host => ({ host, http: { paths: [{ path: '/v1', backend: {} }] } })),
  })
test(
  'S1 · a host of an Ingress that others made',
  parts,
  ['address old.example.com/v1 goes'],
  ingress('old.example.com', 'chat.example.com'),
  ingress('chat.example.com'),
)
const routeOf = (...gateways: string[]) =>
  object('HTTPRoute', 'chat', {
    hostnames: ['chat.example.com'],
    parentRefs: gateways.map(name => ({ name })),
    rules: [{ backendRefs: [{ name: 'chat', port: 80 }] }],
  })
test(
  'S1 · a route of another gateway, too',
  parts,
  ['address chat.example.com/ goes'],
  routeOf('inside', 'outside'),
  routeOf('outside'),
)
test(
  'S1 · hosts and gateways that stay',
  parts,
  [],
  routeOf('outside'),
  routeOf('outside', 'inside'),
)
const withData = (data: Record<string, string>): KubeObject => ({
  ...object('ConfigMap', 'chat', {}),
  data,
})
test(
  'S1 · a key of a ConfigMap',
  parts,
  ['key b.txt goes'],
  withData({ 'a.txt': '1', 'b.txt': '2' }),
  withData({ 'a.txt': '3', 'c.txt': '4' }),
)
const bound = (...names: string[]): KubeObject => ({
  ...object('RoleBinding', 'chat', {}),
  subjects: names.map(name => ({ kind: 'ServiceAccount', name })),
})
test(
  'S1 · a subject of a RoleBinding',
  parts,
  ['subject other goes'],
  bound('chat', 'other'),
  bound('chat'),
)
const allowing = (...verbs: string[]): KubeObject => ({
  ...object('Role', 'chat', {}),
  rules: verbs.map(verb => ({ apiGroups: [''], resources: ['pods'], verbs: [verb] })),
})
test(
  'S1 · a right of a Role',
  parts,
  ['right to list pods goes'],
  allowing('get', 'list'),
  allowing('get'),
)
