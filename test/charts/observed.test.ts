import test from 'ava'
import { anEndpoint } from '../support/endpoint.ts'
import { objectOf, podOf, rendered, serverOf } from './objects.ts'

const uri = 's3://models/chat/1'

test('metrics and network policy are made only where they are asked for', t => {
  const kinds = rendered(anEndpoint()).map(({ kind }) => kind)
  t.deepEqual(kinds.toSorted(), ['Deployment', 'Service'])
  t.false('annotations' in objectOf('Deployment').spec.template.metadata)
})

test('K1 · Prometheus finds the one port by annotations of the pods, in both runtimes', t => {
  const expected = {
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': '9000',
    'prometheus.io/path': '/stats',
  }
  const spec = { port: 9000, metrics: { path: '/stats' } }
  t.deepEqual(objectOf('Deployment', spec).spec.template.metadata.annotations, expected)
  const service = objectOf('InferenceService', { ...spec, runtime: 'kserve' })
  t.deepEqual(service.spec.predictor.annotations, expected)
  t.false('prometheus.io/port' in service.metadata.annotations)
})

test('K1 · a ServiceMonitor selects the endpoint’s own Service and no copy of its labels', t => {
  const metrics = {
    scrape: 'ServiceMonitor' as const,
    interval: '30s',
    labels: { release: 'prom' },
  }
  const spec = { metrics, runtime: 'kserve' as const }
  const monitor = objectOf('ServiceMonitor', spec)
  t.is(monitor.metadata.name, 'chat-metrics')
  t.is(monitor.metadata.labels.release, 'prom')
  t.deepEqual(monitor.spec, {
    selector: { matchLabels: { 'slipway.dev/scrape': 'chat' } },
    endpoints: [{ port: 'http', path: '/metrics', interval: '30s' }],
  })
  t.is(objectOf('Service', spec).metadata.labels['slipway.dev/scrape'], 'chat')
  t.false('slipway.dev/scrape' in objectOf('InferenceService', spec).metadata.labels)
  t.false('slipway.dev/scrape' in objectOf('Service').metadata.labels)
})

test('K1 · a network policy opens the one port to the namespace, or to whom it names', t => {
  const policy = objectOf('NetworkPolicy', { port: 9000, networkPolicy: {} })
  t.deepEqual(policy.spec, {
    podSelector: { matchLabels: { 'slipway.dev/endpoint': 'chat' } },
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: {} }], ports: [{ protocol: 'TCP', port: 9000 }] }],
  })
  const from = [{ namespaceSelector: { matchLabels: { team: 'search' } } }]
  const named = objectOf('NetworkPolicy', { networkPolicy: { from }, runtime: 'kserve' })
  t.deepEqual(named.spec.ingress[0].from, from)
  t.deepEqual(named.spec.podSelector.matchLabels, { app: 'isvc.chat-predictor' })
  t.is(objectOf('NetworkPolicy', { networkPolicy: false }), undefined)
})

for (const runtime of ['deployment', 'kserve'] as const) {
  test(`K8 · ${runtime}: an image fetches the model to where the server reads it`, t => {
    const spec = {
      runtime,
      model: { uri, fetch: { image: 'kserve/storage-initializer:v0.16.0' } },
      env: { AWS_REGION: 'eu-west-1' },
      resources: { cpu: 1, memory: '2Gi', gpus: 1 },
    }
    const pod = podOf(spec)
    t.like(pod.initContainers[0], {
      image: 'kserve/storage-initializer:v0.16.0',
      args: [uri, '/mnt/models'],
      resources: { limits: { cpu: '1', memory: '2Gi' }, requests: { cpu: '1', memory: '2Gi' } },
    })
    t.false('nvidia.com/gpu' in pod.initContainers[0].resources.limits)
    t.true(pod.initContainers[0].env.some(({ name }: { name: string }) => name === 'AWS_REGION'))
    t.deepEqual(pod.initContainers[0].volumeMounts, [
      { name: 'model', mountPath: '/mnt/models' },
      { name: 'tmp', mountPath: '/tmp' },
    ])
    t.deepEqual(serverOf(spec).volumeMounts[0], {
      name: 'model',
      mountPath: '/mnt/models',
      readOnly: true,
    })
    t.deepEqual(pod.volumes[0], { name: 'model', emptyDir: {} })
  })
}

test('K8 · KServe fetches where it is asked to: STORAGE_URI', t => {
  const server = serverOf({ runtime: 'kserve', model: { uri, fetch: 'kserve' } })
  t.deepEqual(
    server.env.find(({ name }: { name: string }) => name === 'STORAGE_URI'),
    { name: 'STORAGE_URI', value: uri },
  )
  const own = serverOf({ runtime: 'kserve', model: { uri } })
  t.is(
    own.env.find(({ name }: { name: string }) => name === 'STORAGE_URI'),
    undefined,
  )
})
