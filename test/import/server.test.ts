import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { SlipwayError } from '../../src/problem/index.ts'
import { chooseServer } from '../../src/import/server.ts'

/** Which container is the model server: by evidence, or not at all. */

type Json = Record<string, unknown>

const GPU = { resources: { limits: { 'nvidia.com/gpu': '1' } } }
const READY = { readinessProbe: { httpGet: { port: 1 } } }
const ASKED_BY_COMMAND = { readinessProbe: { exec: { command: ['true'] } } }
const port = (containerPort: number, name?: string) => ({
  ports: [{ containerPort, ...(name === undefined ? {} : { name }) }],
})
const container = (name: string, ...fields: Json[]): Json =>
  Object.assign({ name, image: `registry.example.com/own/${name}:1` }, ...fields) as Json

function leadingTo(targetPort: unknown): KubeObject {
  const spec = { selector: { app: 'iris' }, ports: [{ port: 80, targetPort }] }
  return { apiVersion: 'v1', kind: 'Service', metadata: { name: 'front' }, spec }
}

function choose(containers: Json[], { service, wanted, kind = 'Deployment' }: Choice = {}) {
  const pod = { containers }
  const spec = kind === 'Deployment' ? { template: { spec: pod } } : { predictor: pod }
  const apiVersion = kind === 'Deployment' ? 'apps/v1' : 'serving.kserve.io/v1beta1'
  const workload = { apiVersion, kind, metadata: { name: 'iris', namespace: 'llm' }, spec }
  return chooseServer({ workload, services: service === undefined ? [] : [service], wanted })
}

interface Choice {
  service?: KubeObject
  wanted?: string
  kind?: string
}

const CHOSEN: [title: string, containers: Json[], choice: Choice, name: string, reason?: RegExp][] =
  [
    ['the only one', [container('a')], {}, 'a'],
    ['by its name', [container('a'), container('server')], {}, 'server', /name/],
    ['by KServe’s name', [container('a'), container('kserve-container')], {}, 'kserve-container'],
    [
      'the first of an InferenceService',
      [container('a'), container('b', GPU)],
      { kind: 'InferenceService' },
      'a',
      /KServe/,
    ],
    ['it asks for GPUs', [container('a', READY), container('b', GPU)], {}, 'b', /GPUs/],
    [
      'its image is known',
      [container('a'), container('b', { image: 'docker.io/vllm/vllm-openai:v0.9' })],
      {},
      'b',
      /image/,
    ],
    [
      'the other is a proxy',
      [container('a', { image: 'envoyproxy/envoy:v1' }, port(80)), container('b')],
      { service: leadingTo(80) },
      'b',
      /prox/,
    ],
    [
      'the others are agents',
      [
        container('a', { image: 'fluent/fluent-bit@sha256:0' }),
        container('b'),
        container('c', { image: 'nginx' }),
        container('d', { image: 'aibrix/runtime:v0.5.0', ...READY }),
      ],
      {},
      'b',
    ],
    [
      'a Service and a probe say so',
      [container('a', port(1)), container('b', port(2, 'api'), READY)],
      { service: leadingTo('api') },
      'b',
      /Services lead and has a readiness/,
    ],
    [
      'a Service leads there',
      [container('a', port(80)), container('b')],
      { service: leadingTo(80) },
      'a',
      /Services lead/,
    ],
    [
      'it alone declares ports',
      [container('a'), container('b', port(80))],
      {},
      'b',
      /declares ports/,
    ],
    [
      'it alone declares ports, and a command asks another',
      [container('a', ASKED_BY_COMMAND), container('b', port(80))],
      { service: leadingTo(80) },
      'b',
      /Services lead/,
    ],
    ['it is named', [container('a', GPU), container('b')], { wanted: 'b' }, 'b', /--container/],
  ]

for (const [title, containers, choice, name, reason] of CHOSEN) {
  test(`A1 · the model server: ${title}`, t => {
    const chosen = choose(containers, choice)
    t.is(chosen.container['name'], name)
    if (reason !== undefined) t.regex(chosen.reason ?? '', reason)
    if (containers.length === 1) t.is(chosen.reason, undefined)
  })
}

const UNCLEAR: [title: string, containers: Json[], choice: Choice, says: RegExp][] = [
  ['nothing tells', [container('a'), container('b')], {}, /It has a, b, and nothing tells/],
  [
    'signs disagree',
    [container('a', GPU), container('b', { image: 'ollama/ollama' })],
    {},
    /only a asks for GPUs; only b has the image/,
  ],
  [
    'a Service and a probe disagree',
    [container('a', port(80)), container('b', READY)],
    { service: leadingTo(80) },
    /only a .*; only b/,
  ],
  [
    'the only port is for numbers',
    [container('a'), container('b', port(9090, 'http-metrics'))],
    {},
    /nothing tells/,
  ],
  [
    'the Service leads to a port that nobody declares',
    [container('a'), container('b', port(9400))],
    { service: leadingTo(8000) },
    /nothing tells/,
  ],
  [
    'the only one with ports, and a probe of another',
    [container('a', port(80)), container('b', READY)],
    {},
    /only a declares ports for requests; only b has a readiness/,
  ],
  ['both ask for GPUs', [container('a', GPU), container('b', GPU)], {}, /nothing tells/],
]

for (const [title, containers, choice, says] of UNCLEAR) {
  test(`A2 · no model server is guessed: ${title}`, t => {
    const error = t.throws(() => choose(containers, choice), { instanceOf: SlipwayError })
    const [problem] = error?.problems ?? []
    t.regex(problem?.cause ?? '', says)
    t.regex(problem?.remedy ?? '', /--container a or --container b/)
  })
}

test('A2 · a container that is not there', t => {
  const error = t.throws(() => choose([container('a')], { wanted: 'x' }), {
    instanceOf: SlipwayError,
  })
  t.regex(error?.problems[0]?.remedy ?? '', /It has: a\./)
})

const predictorOf = (predictor: Json): KubeObject => ({
  apiVersion: 'serving.kserve.io/v1beta1',
  kind: 'InferenceService',
  metadata: { name: 'iris', namespace: 'llm' },
  spec: { predictor },
})

test('A2 · a predictor with neither containers nor a model is no endpoint', t => {
  const workload = predictorOf({ minReplicas: 1 })
  const error = t.throws(() => chooseServer({ workload, services: [] }), {
    instanceOf: SlipwayError,
  })
  t.is(error?.problems[0]?.code, 'guard')
})

test('A1 · of a model, the server is what it changes of its runtime’s container', t => {
  const model = { modelFormat: { name: 'forest' }, storageUri: 's3://a/b', args: ['--x'], name: '' }
  const workload = predictorOf({ model, containers: [container('beside')] })
  const { container: server } = chooseServer({ workload, services: [] })
  t.deepEqual(server, { name: 'kserve-container', args: ['--x'] })
})
