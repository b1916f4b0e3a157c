import test from 'ava'
import type { SpecInput } from '../../src/spec/index.ts'
import { objectOf, podOf, serverOf } from './objects.ts'

const full: SpecInput = {
  port: 9000,
  command: ['serve'],
  args: ['--port', '$(PORT)'],
  env: { LOG_LEVEL: 'info', HF_TOKEN: { secret: 'hf', key: 'token' } },
  resources: { cpu: { request: 4, limit: 8 }, memory: '32Gi', gpus: 2 },
  ingress: { host: 'chat.example.com' },
  volumes: [{ name: 'models', pvc: 'models', mountPath: '/models', readOnly: true }],
}

test('K1 · both runtimes have one and the same container, names aside', t => {
  const { name, ...deployment } = serverOf({ ...full, runtime: 'deployment' })
  const { name: kserveName, ...kserve } = serverOf({ ...full, runtime: 'kserve' })
  t.deepEqual(deployment, kserve)
  t.deepEqual([name, kserveName], ['server', 'kserve-container'])
})

test('K1 · one port feeds container, probes, hook, Service and Ingress', t => {
  const spec: SpecInput = { ...full, shutdown: { preStop: { http: '/drain' } } }
  const server = serverOf(spec)
  const service = objectOf('Service', spec)
  t.deepEqual(server.ports, [{ name: 'http', containerPort: 9000, protocol: 'TCP' }])
  for (const probe of ['readinessProbe', 'livenessProbe', 'startupProbe']) {
    t.is(server[probe].httpGet.port, 9000)
  }
  t.is(server.lifecycle.preStop.httpGet.port, 9000)
  t.is(service.spec.ports[0].targetPort, 9000)
  t.is(service.spec.ports[0].port, 80)
  const backend = objectOf('Ingress', spec).spec.rules[0].http.paths[0].backend.service
  t.deepEqual(backend, { name: 'chat-svc', port: { number: 80 } })
})

test('K2 · probes by default: readiness 30/10/5/3, liveness 60/20/5/3, on /health and port 8000', t => {
  for (const runtime of ['deployment', 'kserve'] as const) {
    const { readinessProbe, livenessProbe } = serverOf({ runtime })
    const httpGet = { path: '/health', port: 8000 }
    t.deepEqual(readinessProbe, {
      httpGet,
      initialDelaySeconds: 30,
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 3,
    })
    t.deepEqual(livenessProbe, {
      httpGet,
      initialDelaySeconds: 60,
      periodSeconds: 20,
      timeoutSeconds: 5,
      failureThreshold: 3,
    })
  }
})

test('K2 · the startup probe allows loadTime', t => {
  const { startupProbe } = serverOf({ loadTime: '12m5s' })
  t.is(startupProbe.periodSeconds * startupProbe.failureThreshold, 730)
  const own = serverOf({
    loadTime: '10m',
    probes: { startup: { initialDelay: '1m', period: '20s' } },
  })
  t.is(own.startupProbe.initialDelaySeconds, 60)
  t.is(own.startupProbe.failureThreshold, 27)
})

test('K2 · every probe can be changed and left out', t => {
  const server = serverOf({
    probes: {
      path: '/up',
      readiness: { period: '3s', path: '/ready' },
      liveness: false,
      startup: false,
    },
  })
  t.deepEqual(server.readinessProbe.httpGet, { path: '/ready', port: 8000 })
  t.is(server.readinessProbe.periodSeconds, 3)
  t.is(server.readinessProbe.initialDelaySeconds, 30)
  t.false('livenessProbe' in server)
  t.false('startupProbe' in server)
})

const preStop = (value: NonNullable<SpecInput['shutdown']>['preStop']) =>
  serverOf({
    shutdown: { gracePeriod: '5m', ...(value === undefined ? {} : { preStop: value }) },
  }).lifecycle?.preStop

test('T2 · before SIGTERM: a sleep, a request, a command or nothing', t => {
  t.deepEqual(preStop(undefined), { sleep: { seconds: 10 } })
  t.deepEqual(preStop({ sleep: '20s' }), { sleep: { seconds: 20 } })
  t.deepEqual(preStop({ http: '/drain' }), { httpGet: { path: '/drain', port: 8000 } })
  t.deepEqual(preStop({ exec: ['drain', '--now'] }), { exec: { command: ['drain', '--now'] } })
  t.is(preStop(false), undefined)
  t.is(preStop({ sleep: '0s' }), undefined)
})

test('T1 · the grace period follows the serving target, or the spec', t => {
  t.is(podOf().terminationGracePeriodSeconds, 30)
  t.is(podOf({ serves: 'generation' }).terminationGracePeriodSeconds, 120)
  t.is(
    podOf({ runtime: 'kserve', shutdown: { gracePeriod: '4m' } }).terminationGracePeriodSeconds,
    240,
  )
})

test('R12 · CPU, memory and GPUs as the spec says, a limit alone for the request too', t => {
  t.deepEqual(serverOf(full).resources, {
    requests: { cpu: '4', memory: '32Gi', 'nvidia.com/gpu': '2' },
    limits: { cpu: '8', memory: '32Gi', 'nvidia.com/gpu': '2' },
  })
  t.deepEqual(
    serverOf({ resources: { memory: { limit: '2Gi' }, cpu: { request: 1 } } }).resources,
    {
      requests: { cpu: '1', memory: '2Gi' },
      limits: { memory: '2Gi' },
    },
  )
  t.deepEqual(serverOf().resources, {})
})

test('the environment: slipway’s variables first, the user’s own win', t => {
  const { env } = serverOf({
    model: { ref: 'llama-1', family: 'llama', uri: 's3://models/llama', jobType: 'FINE_TUNING' },
    env: {
      HOME: '/data',
      LOG_LEVEL: 'info',
      POD: { field: 'metadata.name' },
      TOKEN: { configMap: 'c', key: 'k', optional: true },
    },
  })
  t.deepEqual(env, [
    { name: 'PORT', value: '8000' },
    { name: 'MODEL_REF', value: 'llama-1' },
    { name: 'MODEL_FAMILY', value: 'llama' },
    { name: 'MODEL_JOB_TYPE', value: 'FINE_TUNING' },
    { name: 'MODEL_URI', value: 's3://models/llama' },
    { name: 'HOME', value: '/data' },
    { name: 'LOG_LEVEL', value: 'info' },
    { name: 'POD', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } },
    { name: 'TOKEN', valueFrom: { configMapKeyRef: { name: 'c', key: 'k', optional: true } } },
  ])
})

test('whole Secrets and ConfigMaps as environment', t => {
  const { envFrom } = serverOf({
    envFrom: [{ secret: 'keys', prefix: 'S3_' }, { configMap: 'flags' }],
  })
  t.deepEqual(envFrom, [
    { prefix: 'S3_', secretRef: { name: 'keys' } },
    { configMapRef: { name: 'flags' } },
  ])
})

test('R11 · without an image there is no container', t => {
  const { message } = t.throws(() => serverOf({}, { withoutImage: true }))
  t.truthy(message)
})
