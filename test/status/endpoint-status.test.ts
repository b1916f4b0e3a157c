import test from 'ava'
import { endpointStatus, viewOf } from '../../src/status/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import { CRASHING, CREATED, deployment, IMAGE, live, pod, replicaSet } from './build.ts'
import { child, OLD, service } from './kserve-build.ts'

const NOW = '2026-11-21T10:05:00Z'
const LABELS = { 'slipway.dev/endpoint': 'chat' }

const clusterIp = (ports?: object[]) =>
  live('v1', 'Service', 'chat-svc', {
    metadata: { labels: LABELS },
    spec: { clusterIP: '10.96.0.7', ports },
  })
const ingress = (tls?: object[]) =>
  live('networking.k8s.io/v1', 'Ingress', 'chat-ingress', {
    spec: { rules: [{ host: 'chat.example.com', http: { paths: [{ path: '/v1' }] } }], tls },
  })

function gpuDeployment(): KubeObject {
  const object = deployment({ metadata: { labels: LABELS } })
  const container = {
    name: 'server',
    image: IMAGE,
    env: [{ name: 'MODEL_REF', value: 'llama-3-8b-1.2.0' }],
    resources: { limits: { 'nvidia.com/gpu': '2' }, requests: { 'nvidia.com/gpu': '2' } },
  }
  const spec = { ...(object['spec'] as object), template: { spec: { containers: [container] } } }
  return { ...object, spec }
}

test('R13 · a Deployment that serves', t => {
  const objects = [clusterIp(), gpuDeployment(), ingress([{ hosts: ['chat.example.com'] }])]
  t.deepEqual(endpointStatus({ objects, related: viewOf(objects), now: NOW }), {
    endpoint: 'chat',
    namespace: 'llm-ops',
    runtime: 'deployment',
    state: 'ready',
    message: '3 pods ready',
    replicas: { ready: 3, desired: 3 },
    image: IMAGE,
    gpus: 2,
    model: 'llama-3-8b-1.2.0',
    address: 'https://chat.example.com/v1',
    createdAt: CREATED,
  })
})

test('R13 · an InferenceService: numbers of its Deployment, which carries our labels too', t => {
  const object = service('ready', { labels: LABELS })
  const made = child(object, {
    metadata: { labels: { ...LABELS, component: 'predictor' } },
    status: { readyReplicas: 1 },
  })
  const objects = [made, object]
  const status = endpointStatus({ objects, related: viewOf(objects) })
  t.is(status.runtime, 'kserve')
  t.is(status.state, 'ready')
  t.is(status.image, OLD)
  t.deepEqual(status.replicas, { ready: 1, desired: 1 })
  t.is(status.address, 'http://llm-std-kubeflow-user01.example.com')
  t.is(status.gpus, 0)
})

test('R13 · an InferenceService without a Deployment says what it wants', t => {
  const object = service('reconcile-failed')
  const spec = { predictor: { minReplicas: 2, model: { storageUri: 's3://models/x' } } }
  const status = endpointStatus({ objects: [{ ...object, spec }], related: viewOf([]) })
  t.deepEqual(status.replicas, { ready: 0, desired: 2 })
  t.is(status.model, 's3://models/x')
  t.is(status.image, undefined)
  t.is(status.state, 'progressing')
})

test('R10 · an external endpoint', t => {
  const object = live('v1', 'Service', 'chat-svc', {
    metadata: { labels: LABELS },
    spec: { type: 'ExternalName', externalName: 'api.example.com', ports: [{ port: 443 }] },
  })
  const status = endpointStatus({ objects: [object], related: viewOf([]) })
  t.is(status.runtime, 'external')
  t.is(status.state, 'ready')
  t.is(status.address, 'https://api.example.com')
  t.is(status.replicas, undefined)
})

test('R13 · the least ready object speaks, by its name', t => {
  const balancer = live('v1', 'Service', 'chat-svc', {
    spec: { type: 'LoadBalancer', clusterIP: '10.96.0.7' },
  })
  const status = endpointStatus({ objects: [deployment(), balancer], related: viewOf([]) })
  t.is(status.state, 'progressing')
  t.is(status.message, 'Service/chat-svc: waiting for an address of the load balancer')
})

test('R13 · a failure comes with its cause', t => {
  const object = deployment({ replicas: 1, status: { availableReplicas: 0, readyReplicas: 0 } })
  const set = replicaSet(object, { revision: 1 })
  const related = viewOf([set, pod('chat-1', { owner: set, status: CRASHING })])
  const status = endpointStatus({ objects: [object], related, endpoint: 'chat' })
  t.is(status.state, 'failed')
  t.is(status.diagnosis?.cause, 'crash-loop')
  t.true(status.message === status.diagnosis?.summary)
})

test('D5 · during a switch of runtimes the one that stays is described, the other holds the state', t => {
  const old = service('ready', { deletionTimestamp: '2026-11-21T10:04:00Z' })
  const status = endpointStatus({ objects: [old, deployment()], related: viewOf([]), now: NOW })
  t.is(status.runtime, 'deployment')
  t.is(status.state, 'terminating')
  t.regex(status.message, /^InferenceService\/llm-std: .*inferenceservice\.finalizers/)
})

test('R13 · nothing there', t => {
  t.deepEqual(endpointStatus({ objects: [], related: viewOf([]), endpoint: 'chat' }), {
    endpoint: 'chat',
    state: 'absent',
    message: 'nothing serves it',
  })
})

test('R13 · only a Service is left', t => {
  const status = endpointStatus({ objects: [clusterIp([{ port: 8080 }])], related: viewOf([]) })
  t.is(status.state, 'absent')
  t.is(status.message, 'nothing serves it')
  t.is(status.runtime, undefined)
  t.is(status.address, 'http://chat-svc.llm-ops.svc:8080')
})

test('R13 · what was rendered and is not there is absent', t => {
  const desired = [gpuDeployment(), clusterIp()]
  const status = endpointStatus({ objects: [clusterIp()], desired, related: viewOf([]) })
  t.is(status.endpoint, 'chat')
  t.is(status.state, 'absent')
  t.is(status.message, 'Deployment/chat: does not exist')
})

const aRoute = (sectionName?: string, annotations?: Record<string, string>) =>
  live('gateway.networking.k8s.io/v1', 'HTTPRoute', 'chat-route', {
    metadata: { creationTimestamp: '2026-11-29T12:00:00Z', annotations },
    spec: {
      parentRefs: [{ name: 'shared', sectionName }],
      hostnames: ['chat.example.org'],
      rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/v1' } }] }],
    },
    status: ACCEPTED,
  })
const CURRENT = { status: 'True', observedGeneration: 1 }
const ACCEPTED = {
  parents: [
    {
      parentRef: { name: 'shared' },
      controllerName: 'example.com/gateway',
      conditions: [
        { type: 'Accepted', ...CURRENT },
        { type: 'ResolvedRefs', ...CURRENT },
      ],
    },
  ],
}

test('R13 · the address of a route, which comes before that of an Ingress', t => {
  const addressWith = (route: ReturnType<typeof aRoute>) =>
    endpointStatus({ objects: [deployment(), ingress(), clusterIp(), route], related: viewOf([]) })
      .address
  t.is(addressWith(aRoute('https')), 'https://chat.example.org/v1')
  t.is(addressWith(aRoute('http-alt')), 'http://chat.example.org/v1')
  t.is(addressWith(aRoute()), 'chat.example.org/v1')
  t.is(
    addressWith(aRoute('web', { 'slipway.dev/certificate': 'x' })),
    'https://chat.example.org/v1',
  )
})

test('R13 · an Ingress without TLS, and one without a host', t => {
  const plain = endpointStatus({ objects: [deployment(), ingress()], related: viewOf([]) })
  t.is(plain.address, 'http://chat.example.com/v1')
  const hostless = live('networking.k8s.io/v1', 'Ingress', 'i', { spec: { rules: [{}] } })
  const status = endpointStatus({
    objects: [deployment(), hostless, clusterIp()],
    related: viewOf([]),
  })
  t.is(status.address, 'http://chat-svc.llm-ops.svc')
})

test('a candidate is told beside what serves, with its share of the requests', t => {
  const tracked = { ...LABELS, 'slipway.dev/track': 'canary' }
  const { metadata, ...rest } = gpuDeployment()
  const candidate = {
    ...rest,
    metadata: { ...metadata, name: 'chat-b', uid: 'b', labels: tracked },
  }
  const route = live('gateway.networking.k8s.io/v1', 'HTTPRoute', 'chat-route', {
    spec: {
      rules: [
        {
          backendRefs: [
            { name: 'chat-svc', weight: 90 },
            { name: 'chat-canary-svc', weight: 10 },
          ],
        },
      ],
    },
  })
  const canaryService = live('v1', 'Service', 'chat-canary-svc', { metadata: { labels: tracked } })
  for (const objects of [
    [candidate, canaryService, clusterIp(), gpuDeployment(), route],
    [gpuDeployment(), clusterIp(), route, canaryService, candidate],
  ]) {
    const status = endpointStatus({ objects, related: viewOf(objects), now: NOW, endpoint: 'chat' })
    t.is(status.createdAt, CREATED)
    t.deepEqual(status.canary, {
      name: 'chat-b',
      weight: 10,
      replicas: { ready: 3, desired: 3 },
      image: IMAGE,
      model: 'llama-3-8b-1.2.0',
    })
  }
})

test('a promoted candidate is what serves, whatever else the endpoint has', t => {
  const { metadata, ...rest } = gpuDeployment()
  const named = (name: string) => ({ ...rest, metadata: { ...metadata, name, uid: name } })
  const objects = [named('a-cache'), named('chat-b'), clusterIp()]
  const other = { ...named('a-cache'), spec: { replicas: 7 } }
  const status = endpointStatus({
    objects: [other, ...objects.slice(1)],
    related: viewOf(objects),
    endpoint: 'chat',
  })
  t.deepEqual(status.replicas, { ready: 3, desired: 3 })
  t.is(status.canary, undefined)
})
