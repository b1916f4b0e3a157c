import test from 'ava'
import type { SpecInput } from '../../src/spec/index.ts'
import { anEndpoint } from '../support/endpoint.ts'
import { objectOf, rendered } from './objects.ts'

const kindsOf = (spec: SpecInput) =>
  rendered(anEndpoint(spec)).map(({ kind, metadata }) => `${kind} ${metadata.name}`)

const resources = { cpu: 4, memory: '8Gi' }

test('D3 · the names of an endpoint’s objects', t => {
  const ingress = { host: 'chat.example.com' }
  t.deepEqual(
    kindsOf({
      scaling: { min: 2, max: 4, cpu: 70 },
      resources,
      ingress,
      serviceAccount: { create: true },
    }),
    [
      'ServiceAccount chat-sa',
      'Deployment chat',
      'Service chat-svc',
      'HorizontalPodAutoscaler chat-hpa',
      'Ingress chat-ingress',
      'PodDisruptionBudget chat-pdb',
    ],
  )
  t.deepEqual(kindsOf({ runtime: 'kserve', scaling: { min: 2, max: 4, cpu: 70 }, resources }), [
    'InferenceService chat',
    'Service chat-svc',
    'PodDisruptionBudget chat-pdb',
  ])
})

test('A1 · what ran before keeps its names; false is for no Service', t => {
  t.deepEqual(
    kindsOf({
      scaling: { name: 'by-load', min: 2, max: 4, cpu: 70 },
      resources,
      service: { name: 'front' },
      ingress: { name: 'public', host: 'chat.example.com' },
      disruptionBudget: { name: 'one-stays', minAvailable: 1 },
      networkPolicy: { name: 'from-web' },
    }),
    [
      'NetworkPolicy from-web',
      'Deployment chat',
      'Service front',
      'HorizontalPodAutoscaler by-load',
      'Ingress public',
      'PodDisruptionBudget one-stays',
    ],
  )
  t.deepEqual(kindsOf({ service: false }), ['Deployment chat'])
})

test('R10 · an external endpoint has no workload: an alias, and an Ingress to it', t => {
  const spec: SpecInput = {
    runtime: 'external',
    external: { host: 'api.example.com', port: 443 },
    ingress: { host: 'chat.example.com' },
  }
  t.deepEqual(kindsOf(spec), ['Service chat-svc', 'Ingress chat-ingress'])
  t.like(objectOf('Service', spec).spec, { type: 'ExternalName', externalName: 'api.example.com' })
  const { backend } = objectOf('Ingress', spec).spec.rules[0].http.paths[0]
  t.deepEqual(backend.service, { name: 'chat-svc', port: { number: 443 } })
})

test('D4 · the selector is one label that nothing else changes; KServe’s pods are selected as KServe does', t => {
  const options = { labels: { team: 'assistants' } }
  const deployment = objectOf('Deployment', { serves: 'rag' }, options)
  t.deepEqual(deployment.spec.selector, { matchLabels: { 'slipway.dev/endpoint': 'chat' } })
  t.deepEqual(objectOf('Service').spec.selector, { 'slipway.dev/endpoint': 'chat' })
  t.deepEqual(objectOf('Service', { runtime: 'kserve' }).spec.selector, {
    app: 'isvc.chat-predictor',
  })
})

test('K8 · the Service keeps its name and port through a switch of the runtime', t => {
  const [plain, kserve] = [objectOf('Service'), objectOf('Service', { runtime: 'kserve' })]
  t.deepEqual(plain.metadata, kserve.metadata)
  t.deepEqual(plain.spec.ports, kserve.spec.ports)
})

test('labels and annotations of an endpoint are on its objects and pods; slipway’s own annotations not on pods', t => {
  const options = {
    labels: { team: 'assistants' },
    annotations: { owner: 'chat@example.com', 'slipway.dev/prune': 'disabled' },
  }
  const deployment = objectOf('Deployment', {}, options)
  t.like(deployment.metadata.labels, {
    'app.kubernetes.io/name': 'chat',
    'app.kubernetes.io/instance': 'chat',
    'app.kubernetes.io/component': 'predict',
    'app.kubernetes.io/part-of': 'models',
    'app.kubernetes.io/managed-by': 'slipway',
    'slipway.dev/endpoint': 'chat',
    team: 'assistants',
  })
  t.deepEqual(deployment.metadata.annotations, options.annotations)
  const { labels, annotations } = deployment.spec.template.metadata
  const { 'applyset.kubernetes.io/part-of': _set, ...shared } = deployment.metadata.labels
  t.deepEqual(labels, shared)
  t.deepEqual(annotations, { owner: 'chat@example.com' })
})

test('no replicas where an autoscaler decides', t => {
  t.is(objectOf('Deployment', { replicas: 3 }).spec.replicas, 3)
  const scaled = { scaling: { min: 1, max: 4, cpu: 70, memory: 80 }, resources }
  t.false('replicas' in objectOf('Deployment', scaled).spec)
  const { spec } = objectOf('HorizontalPodAutoscaler', scaled)
  t.like(spec, { minReplicas: 1, maxReplicas: 4 })
  t.deepEqual(spec.scaleTargetRef, { apiVersion: 'apps/v1', kind: 'Deployment', name: 'chat' })
  const targets = spec.metrics.map(
    ({ resource }: { resource: Record<string, unknown> }) => resource,
  )
  t.deepEqual(targets, [
    { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
    { name: 'memory', target: { type: 'Utilization', averageUtilization: 80 } },
  ])
})

test('custom metrics and behaviour are passed on as they are', t => {
  const metric = {
    type: 'Pods',
    pods: { metric: { name: 'queue' }, target: { type: 'AverageValue', averageValue: '4' } },
  }
  const behavior = { scaleDown: { stabilizationWindowSeconds: 600 } }
  const { spec } = objectOf('HorizontalPodAutoscaler', {
    scaling: { max: 4, metrics: [metric], behavior },
  })
  t.deepEqual(spec.metrics, [metric])
  t.deepEqual(spec.behavior, behavior)
})

const strategyOf = (spec: SpecInput) => objectOf('Deployment', spec).spec.strategy
const rolling = (maxSurge: number | string, maxUnavailable: number | string) => ({
  type: 'RollingUpdate',
  rollingUpdate: { maxSurge, maxUnavailable },
})

test('T5 · an update adds a pod first, unless there is no GPU for it', t => {
  const gpu = { gpus: 1, ...resources }
  const rollout = { spareGpu: false }
  t.deepEqual(strategyOf({}), rolling(1, 0))
  t.deepEqual(strategyOf({ resources: gpu }), rolling(1, 0))
  t.deepEqual(strategyOf({ rollout }), rolling(1, 0))
  t.deepEqual(strategyOf({ resources: gpu, rollout }), { type: 'Recreate' })
  t.deepEqual(strategyOf({ resources: gpu, rollout, replicas: 3 }), rolling(0, 1))
  t.deepEqual(strategyOf({ resources: gpu, rollout, scaling: { max: 3, cpu: 70 } }), rolling(0, 1))
})

test('T5 · what the spec says of the rollout wins', t => {
  t.deepEqual(strategyOf({ rollout: { strategy: 'Recreate' } }), { type: 'Recreate' })
  t.deepEqual(strategyOf({ rollout: { maxSurge: '50%', maxUnavailable: 1 } }), rolling('50%', 1))
  t.deepEqual(strategyOf({ rollout: { maxSurge: 0 } }), rolling(0, 1))
  t.deepEqual(strategyOf({ rollout: { maxUnavailable: '25%' } }), rolling(1, '25%'))
})

test('T5 · KServe’s Deployment gets the same strategy', t => {
  const spec: SpecInput = {
    resources: { gpus: 1, ...resources },
    rollout: { spareGpu: false },
    replicas: 2,
  }
  const { predictor } = objectOf('InferenceService', { ...spec, runtime: 'kserve' }).spec
  t.deepEqual(predictor.deploymentStrategy, strategyOf(spec))
})

const deadline = (spec: SpecInput) => objectOf('Deployment', spec).spec.progressDeadlineSeconds

test('the progress deadline is longer than loading, stopping and finding a node', t => {
  t.is(deadline({}), 600 + 30 + 300)
  t.is(deadline({ loadTime: '1h', shutdown: { gracePeriod: '5m' } }), 3600 + 300 + 300)
})

const budget = (spec: SpecInput) => objectOf('PodDisruptionBudget', spec)?.spec

test('T5 · a disruption budget where more than one replica always runs', t => {
  t.is(budget({}), undefined)
  t.deepEqual(budget({ replicas: 2 }), {
    maxUnavailable: 1,
    selector: { matchLabels: { 'slipway.dev/endpoint': 'chat' } },
  })
  t.is(budget({ scaling: { min: 1, max: 4, cpu: 70 }, resources }), undefined)
  t.is(budget({ scaling: { min: 2, max: 4, cpu: 70 }, resources }).maxUnavailable, 1)
  t.is(budget({ replicas: 3, disruptionBudget: false }), undefined)
  t.is(budget({ replicas: 3, disruptionBudget: { minAvailable: '50%' } }).minAvailable, '50%')
  t.deepEqual(budget({ runtime: 'kserve', replicas: 2 }).selector.matchLabels, {
    app: 'isvc.chat-predictor',
  })
})

test('an Ingress with path, class, certificate and annotations', t => {
  const { metadata, spec } = objectOf(
    'Ingress',
    {
      service: { port: 8080, annotations: { lb: 'internal' } },
      ingress: {
        host: 'chat.example.com',
        path: '/v1',
        tls: 'chat-tls',
        className: 'nginx',
        annotations: { timeout: '60' },
      },
    },
    { annotations: { owner: 'me' } },
  )
  t.deepEqual(metadata.annotations, { owner: 'me', timeout: '60' })
  t.is(spec.ingressClassName, 'nginx')
  t.deepEqual(spec.tls, [{ hosts: ['chat.example.com'], secretName: 'chat-tls' }])
  t.like(spec.rules[0], { host: 'chat.example.com' })
  t.like(spec.rules[0].http.paths[0], { path: '/v1', pathType: 'Prefix' })
  t.is(spec.rules[0].http.paths[0].backend.service.port.number, 8080)
})

const routed = (route: object, spec: object = {}) =>
  objectOf('HTTPRoute', {
    route: { host: 'chat.example.com', gateway: { name: 'own' }, ...route },
    ...spec,
  })

test('K1 · an HTTPRoute leads to the Service, and says what the API server would fill in', t => {
  const { metadata, spec } = routed(
    { path: '/v1', gateway: { namespace: 'edge', name: 'shared', section: 'https' } },
    { service: { port: 8080 } },
  )
  t.is(metadata.name, 'chat-route')
  t.deepEqual(spec, {
    parentRefs: [
      {
        group: 'gateway.networking.k8s.io',
        kind: 'Gateway',
        namespace: 'edge',
        name: 'shared',
        sectionName: 'https',
      },
    ],
    hostnames: ['chat.example.com'],
    rules: [
      {
        matches: [{ path: { type: 'PathPrefix', value: '/v1' } }],
        backendRefs: [{ group: '', kind: 'Service', name: 'chat-svc', port: 8080, weight: 1 }],
      },
    ],
  })
})

test('a gateway without a namespace is in that of the endpoint', t => {
  const [parent] = routed({}).spec.parentRefs
  t.is(parent.namespace, 'llm')
  t.false('sectionName' in parent)
})

for (const [given, written] of [
  ['90s', '1m30s'],
  ['10m', '10m'],
  ['1h30m', '1h30m'],
  ['99999h', '99999h'],
  ['0s', '0s'],
] as const)
  test(`a request may take ${given}: ${written}`, t => {
    t.deepEqual(routed({ timeout: given }).spec.rules[0].timeouts, { request: written })
  })

test('K9 · KServe makes no route of its own beside ours', t => {
  const labels = (spec: object) =>
    objectOf('InferenceService', { runtime: 'kserve', ...spec }).metadata.labels
  const route = { host: 'chat.example.com', gateway: { name: 'own' } }
  const knative = { deploymentMode: 'serverless' }
  t.is(labels({ route })['networking.kserve.io/visibility'], 'cluster-local')
  t.is(labels({ route, kserve: knative })['networking.knative.dev/visibility'], 'cluster-local')
  t.false('networking.kserve.io/visibility' in labels({ route: false }))
  t.false('networking.kserve.io/visibility' in labels({ ingress: { host: 'chat.example.com' } }))
})
