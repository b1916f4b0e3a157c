import { evaluate } from '@marcbachmann/cel-js'
import test from 'ava'
import { deploymentHealth } from '../../src/handoff/flux-workloads.ts'
import type { KubeObject } from '../../src/object/index.ts'
import { integers } from '../support/integers.ts'

/**
 * Flux judges the Deployments that KServe makes: in progress for as long as they are of the model before, by what Flux itself goes by for
 * the rest. Objects as KServe 0.20 writes them.
 */

const service = (predictor: object): KubeObject => ({
  apiVersion: 'serving.kserve.io/v1beta1',
  kind: 'InferenceService',
  metadata: {
    name: 'chat',
    namespace: 'llm',
    annotations: { 'serving.kserve.io/deploymentMode': 'Standard' },
  },
  spec: { predictor },
})

interface Live {
  name?: string
  container?: object
  source?: string
  status?: object
  replicas?: number
}

const ROLLED_OUT = {
  observedGeneration: 2,
  replicas: 1,
  updatedReplicas: 1,
  readyReplicas: 1,
  availableReplicas: 1,
  conditions: [
    { type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable' },
    { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' },
  ],
}

const deployment = ({ name = 'chat-predictor', container, source, status, replicas }: Live) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'llm' },
  spec: {
    replicas: replicas ?? 1,
    template: {
      metadata: source === undefined ? {} : { annotations: { [SOURCE]: source } },
      spec: {
        containers: [{ name: 'kserve-container', image: 'r.example.com/chat:v2', ...container }],
      },
    },
  },
  status: status ?? ROLLED_OUT,
})

const SOURCE = 'internal.serving.kserve.io/storage-initializer-sourceuri'

/** In Flux's order: fluxcd/pkg, runtime/cel/status_evaluator.go. */
function verdict(services: readonly KubeObject[], live: object): string {
  const [rule] = deploymentHealth(services) as Record<string, string>[]
  const data = integers(live) as Record<string, unknown>
  const found = ['inProgress', 'failed', 'current'].find(
    each => evaluate(rule?.[each] ?? '', data) === true,
  )
  return found ?? 'inProgress'
}

const own = (container: object) => [service({ containers: [{ name: 'chat', ...container }] })]
const V2 = own({ image: 'r.example.com/chat:v2' })
const DIGEST = `sha256:${'a1'.repeat(32)}`

const TABLE: [title: string, services: KubeObject[], live: Live, verdict: string][] = [
  ['as asked, rolled out', V2, {}, 'current'],
  ['the image of before', V2, { container: { image: 'r.example.com/chat:v1' } }, 'inProgress'],
  ['a tag that begins alike', V2, { container: { image: 'r.example.com/chat:v21' } }, 'inProgress'],
  [
    'another name that ends alike',
    V2,
    { container: { image: 'r.example.com/a-chat:v2' } },
    'inProgress',
  ],
  ['led to a mirror', V2, { container: { image: 'mirror.example.com/r/chat:v2' } }, 'current'],
  ['pinned to a digest', V2, { container: { image: `r.example.com/chat@${DIGEST}` } }, 'current'],
  [
    'a digest is another',
    own({ image: `r/chat:v2@${DIGEST}` }),
    { container: { image: 'r/chat:v2@sha256:00' } },
    'inProgress',
  ],
  [
    'a digest',
    own({ image: `r/chat:v2@${DIGEST}` }),
    { container: { image: `m/chat@${DIGEST}` } },
    'current',
  ],
  [
    'no tag is the latest',
    own({ image: 'r/chat' }),
    { container: { image: 'r/chat:latest' } },
    'current',
  ],
  [
    'arguments',
    own({ image: 'r/chat:v2', args: ['--model', 'new'] }),
    { container: { args: ['--model', 'new'] } },
    'current',
  ],
  [
    'arguments of before',
    own({ image: 'r/chat:v2', args: ['--model', 'new'] }),
    { container: { args: ['--model', 'old'] } },
    'inProgress',
  ],
  [
    'an argument that went',
    own({ image: 'r/chat:v2', args: ['b'] }),
    { container: { args: ['a', 'b'] } },
    'inProgress',
  ],
  ['all arguments went', V2, { container: { args: ['a'] } }, 'inProgress'],
  [
    'a command',
    own({ image: 'r/chat:v2', command: ['serve'], args: ['b'] }),
    { container: { command: ['serve'], args: ['b'] } },
    'current',
  ],
  [
    'a command of before',
    own({ image: 'r/chat:v2', command: ['serve'], args: ['b'] }),
    { container: { command: ['old'], args: ['b'] } },
    'inProgress',
  ],
  [
    'words, not their text',
    own({ image: 'r/chat:v2', args: ['a', 'b'] }),
    { container: { args: ['a b'] } },
    'inProgress',
  ],
  [
    'a placeholder that KServe fills in',
    own({ image: 'r/chat:v2', args: ['{{.Name}}'] }),
    { container: { args: ['chat'] } },
    'current',
  ],
  [
    'a quote and a backslash',
    own({ image: 'r/chat:v2', args: [`'"\\n\t`] }),
    { container: { args: [`'"\\n\t`] } },
    'current',
  ],
  [
    'env',
    own({
      image: 'r/chat:v2',
      env: [
        { name: 'A', value: '1=2' },
        { name: 'S', valueFrom: {} },
      ],
    }),
    {
      container: {
        env: [
          { name: 'Z', value: '' },
          { name: 'A', value: '1=2' },
        ],
      },
    },
    'current',
  ],
  [
    'env of before',
    own({ image: 'r/chat:v2', env: [{ name: 'A', value: '2' }] }),
    {
      container: {
        env: [
          { name: 'A', value: '1' },
          { name: 'F', valueFrom: {} },
        ],
      },
    },
    'inProgress',
  ],
  ['no env yet', own({ image: 'r/chat:v2', env: [{ name: 'A', value: '2' }] }), {}, 'inProgress'],
  [
    'a model',
    [service({ model: { storageUri: 's3://m/2', args: ['--x'] } })],
    { source: 's3://m/2', container: { args: ['--of-the-runtime', '--x'] } },
    'current',
  ],
  [
    'a model of before',
    [service({ model: { storageUri: 's3://m/2' } })],
    { source: 's3://m/1' },
    'inProgress',
  ],
  [
    'a model where none was fetched',
    [service({ model: { storageUri: 's3://m/2' } })],
    {},
    'inProgress',
  ],
  [
    'a model in an image of its own runtime',
    [service({ model: { image: 'r/vllm:v2' } })],
    { container: { image: 'r/vllm:v1' } },
    'inProgress',
  ],
  ['of nobody that is asked', V2, { name: 'rag', container: { image: 'x' } }, 'current'],
  ['old pods are still there', V2, { status: { ...ROLLED_OUT, replicas: 2 } }, 'inProgress'],
  [
    'new pods are not available',
    V2,
    { status: { ...ROLLED_OUT, availableReplicas: undefined } },
    'inProgress',
  ],
  ['too few of them', V2, { replicas: 2 }, 'inProgress'],
  [
    'none are wanted',
    V2,
    { replicas: 0, status: { conditions: ROLLED_OUT.conditions } },
    'current',
  ],
  ['nothing said yet', V2, { status: {} }, 'inProgress'],
  [
    'the deadline passed',
    V2,
    {
      status: {
        ...ROLLED_OUT,
        conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }],
      },
    },
    'failed',
  ],
]

for (const [title, services, live, expected] of TABLE) {
  test(`G3 · Flux and a Deployment of KServe: ${title}`, t => {
    t.is(verdict(services, deployment(live)), expected)
  })
}

test('G3 · Flux judges Deployments by itself where KServe makes none', t => {
  const plain = { ...deployment({}), metadata: { name: 'chat', namespace: 'llm' } }
  t.deepEqual(deploymentHealth([plain]), [])
  const knative = service({ containers: [{ image: 'r/chat:v2' }] })
  knative.metadata.annotations = { 'serving.kserve.io/deploymentMode': 'Knative' }
  t.deepEqual(deploymentHealth([knative]), [])
})

test('G3 · a rule that Flux could not parse is refused', t => {
  const long = own({ image: 'r/chat:v2', args: ['x'.repeat(100_000)] })
  t.throws(() => deploymentHealth(long), { message: /too long for one health rule/ })
})
