import test from 'ava'
import {
  accelerated,
  servedPod,
  unknownPlaceholders,
  type Container,
  type ServingRuntime,
} from '../../src/serving-runtime/index.ts'
import type { JsonMap } from '../../src/object/index.ts'
import { aRuntime } from './runtimes.ts'

function podOf(runtime: ServingRuntime, predictor: JsonMap) {
  const labels = { team: 'pricing' }
  const model = { modelFormat: { name: 'forest' }, ...(predictor['model'] as JsonMap | undefined) }
  const given = { name: 'iris', namespace: 'llm', labels, annotations: {} }
  return servedPod({ ...given, predictor: { ...predictor, model } }, runtime)
}

function serverOf(
  container: JsonMap,
  model: JsonMap,
  annotations: Record<string, string> = {},
): JsonMap {
  const containers: Container[] = [{ name: 'kserve-container', ...container }]
  const [server] = podOf(aRuntime('a', { containers }, { annotations }), { model }).spec.containers
  return server ?? {}
}

interface Merge {
  runtime: JsonMap
  model: JsonMap
  expected: JsonMap
}

const READINESS = {
  tcpSocket: { port: 8080 },
  timeoutSeconds: 1,
  periodSeconds: 10,
  successThreshold: 1,
  failureThreshold: 3,
}

const MERGES: Record<string, Merge> = {
  'arguments follow those of the runtime': {
    runtime: { args: ['--model={{.Name}}'], command: ['serve'] },
    model: { args: ['--workers=2'] },
    expected: { args: ['--model=iris', '--workers=2'], command: ['serve'] },
  },
  'a command replaces': {
    runtime: { command: ['serve', '--fast'] },
    model: { command: ['run'] },
    expected: { command: ['run'] },
  },
  'variables by name; one that is new stands before those that only the runtime has': {
    runtime: {
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: '1' },
        { name: 'C', value: '1' },
      ],
    },
    model: {
      env: [
        { name: 'D', value: '2' },
        { name: 'B', value: '2' },
      ],
    },
    expected: {
      env: [
        { name: 'D', value: '2' },
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
        { name: 'C', value: '1' },
      ],
    },
  },
  'a variable has one source, the model’s': {
    runtime: { env: [{ name: 'A', value: '1' }] },
    model: { env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] },
    expected: { env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] },
  },
  'resources by name': {
    runtime: { resources: { requests: { cpu: '1', memory: '2Gi' }, limits: { cpu: '1' } } },
    model: { resources: { requests: { cpu: '4' }, limits: { 'nvidia.com/gpu': '1' } } },
    expected: {
      resources: {
        requests: { cpu: '4', memory: '2Gi' },
        limits: { cpu: '1', 'nvidia.com/gpu': '1' },
      },
    },
  },
  'a probe field by field': {
    runtime: { readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 10 } },
    model: { readinessProbe: { periodSeconds: 3 } },
    expected: { readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 3 } },
  },
  'mounts by path, lists in a security context whole': {
    runtime: {
      volumeMounts: [{ name: 'shm', mountPath: '/dev/shm' }],
      securityContext: { runAsUser: 5000, capabilities: { drop: ['ALL'] } },
    },
    model: {
      volumeMounts: [{ name: 'mine', mountPath: '/dev/shm' }],
      securityContext: { capabilities: { drop: ['NET_RAW'] } },
    },
    expected: {
      volumeMounts: [{ name: 'mine', mountPath: '/dev/shm' }],
      securityContext: { runAsUser: 5000, capabilities: { drop: ['NET_RAW'] } },
    },
  },
  'without a readiness probe, KServe asks the first port by TCP': {
    runtime: { ports: [{ containerPort: 9000, name: 'h2c' }] },
    model: {},
    expected: {
      ports: [{ containerPort: 9000, name: 'h2c' }],
      readinessProbe: { ...READINESS, tcpSocket: { port: 9000 } },
    },
  },
}

for (const [title, { runtime, model, expected }] of Object.entries(MERGES)) {
  test(`M1 · the runtime’s container is merged as KServe merges: ${title}`, t => {
    t.deepEqual(serverOf(runtime, model), {
      name: 'kserve-container',
      readinessProbe: READINESS,
      ...expected,
    })
  })
}

test('M1 · the pod is merged: volumes by name and whole, node selectors by label, tolerations replaced', t => {
  const runtime = aRuntime('a', {
    volumes: [
      { name: 'shm', emptyDir: { medium: 'Memory' } },
      { name: 'cache', emptyDir: {} },
    ],
    nodeSelector: { pool: 'ml', disk: 'ssd' },
    tolerations: [{ key: 'ml' }],
    schedulerName: 'batch',
    hostIPC: true,
    labels: { tier: 'serving' },
  })
  const predictor = {
    minReplicas: 2,
    volumes: [{ name: 'cache', persistentVolumeClaim: { claimName: 'cache' } }],
    nodeSelector: { pool: 'gpu' },
    tolerations: [{ key: 'gpu' }],
  }
  const { spec, labels } = podOf(runtime, predictor)
  const { containers, ...pod } = spec
  t.is(containers.length, 1)
  t.deepEqual(pod, {
    volumes: [
      { name: 'shm', emptyDir: { medium: 'Memory' } },
      { name: 'cache', persistentVolumeClaim: { claimName: 'cache' } },
    ],
    nodeSelector: { pool: 'gpu', disk: 'ssd' },
    tolerations: [{ key: 'gpu' }],
    schedulerName: 'batch',
  })
  t.deepEqual(labels, { tier: 'serving' })
})

test('M1 · further containers follow: a transformer first, merged with the predictor’s', t => {
  const containers: Container[] = [
    { name: 'agent', image: 'agent:1' },
    { name: 'kserve-container', image: 'server:1' },
    { name: 'transformer-container', image: 'transformer:1', args: ['--a'] },
  ]
  const own = [
    { name: 'log', image: 'log:1' },
    { name: 'transformer-container', image: 'transformer:2', args: ['--b'] },
  ]
  const { spec } = podOf(aRuntime('a', { containers }), { containers: own })
  t.deepEqual(
    spec.containers.map(({ name, image, args }) => [name, image, args]),
    [
      ['kserve-container', 'server:1', undefined],
      ['transformer-container', 'transformer:2', ['--a', '--b']],
      ['agent', 'agent:1', undefined],
      ['log', 'log:1', undefined],
    ],
  )
})

test('M2 · placeholders are filled from the metadata, and what is not there is empty', t => {
  const env = [
    { name: 'A', value: '{{.Name}} in {{ .Namespace }}' },
    { name: 'B', value: '{{.Labels.team}}{{.Labels.other}}' },
    { name: 'C', value: '{{.Annotations.modelFormat}}' },
    { name: 'D', value: '{{index .Labels "team"}}' },
  ]
  t.deepEqual(serverOf({ env }, {})['env'], [
    { name: 'A', value: 'iris in llm' },
    { name: 'B', value: 'pricing' },
    { name: 'C', value: 'forest' },
    { name: 'D', value: 'pricing' },
  ])
  t.deepEqual(unknownPlaceholders({ args: ['{{.Name}}', ['{{ .Name | upper }}']] }), [
    '{{ .Name | upper }}',
  ])
})

const SERVER_TYPE = 'serving.kserve.io/server-type'

test('M2 · what KServe adds for MLServer, TorchServe and Triton is there without it, too', t => {
  const ml = serverOf(
    { env: [{ name: 'CLASS', value: '{{.Labels.modelClass}}' }] },
    { modelFormat: { name: 'xgboost' }, storageUri: 's3://a/b' },
    { [SERVER_TYPE]: 'mlserver' },
  )
  t.deepEqual(ml['env'], [
    { name: 'MLSERVER_MODEL_NAME', value: 'iris' },
    { name: 'MLSERVER_MODEL_URI', value: '/mnt/models' },
    { name: 'CLASS', value: 'mlserver_xgboost.XGBoostModel' },
  ])
  const torch = serverOf(
    { args: ['{{.Labels.serviceEnvelope}}'] },
    { protocolVersion: 'v2' },
    { [SERVER_TYPE]: 'torchserve' },
  )
  t.deepEqual(
    [torch['args'], torch['env']],
    [['kservev2'], [{ name: 'PROTOCOL_VERSION', value: 'v2' }]],
  )
  const triton = serverOf({}, {}, { [SERVER_TYPE]: 'tritonserver' })
  t.deepEqual(triton['args'], ['--model-control-mode=explicit'])
  t.is(
    serverOf({}, { storageUri: 's3://a/b' }, { [SERVER_TYPE]: 'tritonserver' })['args'],
    undefined,
  )
})

const build = test.macro(
  (
    t,
    {
      server,
      image,
      gpus,
      expected,
    }: { server: string; image: string; gpus: number; expected: string },
  ) => {
    t.is(
      accelerated(image, aRuntime('a', {}, { annotations: { [SERVER_TYPE]: server } }), gpus),
      expected,
    )
  },
)

test('M2 · an image’s build: with GPUs', build, {
  server: 'huggingfaceserver',
  image: 'r.example.com:5000/hf:1',
  gpus: 1,
  expected: 'r.example.com:5000/hf:1-gpu',
})
test('M2 · an image’s build: it names the build', build, {
  server: 'huggingfaceserver',
  image: 'hf:1-gpu',
  gpus: 1,
  expected: 'hf:1-gpu',
})
test('M2 · an image’s build: without GPUs', build, {
  server: 'huggingfaceserver',
  image: 'hf:1',
  gpus: 0,
  expected: 'hf:1',
})
test('M2 · an image’s build: vLLM without GPUs', build, {
  server: 'vllmserver',
  image: 'vllm/vllm-openai:v1',
  gpus: 0,
  expected: 'vllm/vllm-openai-cpu:v1',
})
test('M2 · an image’s build: vLLM with GPUs', build, {
  server: 'vllmserver',
  image: 'vllm/vllm-openai:v1',
  gpus: 2,
  expected: 'vllm/vllm-openai:v1',
})
test('M2 · an image’s build: a digest stays', build, {
  server: 'vllmserver',
  image: 'vllm@sha256:0a',
  gpus: 0,
  expected: 'vllm@sha256:0a',
})
