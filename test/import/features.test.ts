import test from 'ava'
import { importNamespace, relatedRefs } from '../../src/import/index.ts'
import { isRuntime } from '../../src/kinds/index.ts'
import {
  APPLYSET,
  at,
  entries,
  isTracked,
  keyOf,
  refOf,
  type KubeObject,
} from '../../src/object/index.ts'
import type { SpecInput } from '../../src/spec/index.ts'
import { imported, rendered } from '../support/import.ts'

/** What stands around a server: rendered, it is imported as a spec that renders to the same bytes, and patches nothing. */

const IMAGE = 'registry.example.com/vllm:0.6.0'
const NEXT = 'registry.example.com/vllm:0.7.0'
const gateway = { namespace: 'edge', name: 'shared', section: 'https' }
const route = { host: 'chat.example.com', gateway }
const queue = {
  preset: 'vllm-waiting',
  prometheus: { serverAddress: 'http://prometheus.monitoring:9090' },
  target: 4,
} as const
const weights = { uri: 'oci://registry.example.com/weights:1', fetch: 'image' } as const
const everything = {
  route: { ...route, path: '/v1', timeout: '90s', tls: 'chat-tls', annotations: { team: 'a' } },
  scaling: {
    min: 0,
    max: 6,
    queue: {
      prometheus: { ...queue.prometheus, query: 'sum(waiting)' },
      target: 4,
      cooldown: '600s',
    },
  },
  model: weights,
  adapters: [{ name: 'legal', uri: 'oci://registry.example.com/legal:2' }],
  networkPolicy: {},
  metrics: { scrape: 'ServiceMonitor' },
} as const satisfies SpecInput

const FEATURES: Record<string, SpecInput> = {
  'a route': { route },
  'a route with all its words': { route: everything.route },
  'a route and an Ingress': { route, ingress: { host: 'old.example.com' } },
  'a route of KServe': { runtime: 'kserve', route },
  'a queue by preset': { scaling: { min: 1, max: 6, queue } },
  'a queue by PromQL, down to zero': { scaling: everything.scaling },
  'a queue by PromQL, with all its words': {
    resources: { cpu: { request: '1' }, memory: { request: '1Gi' } },
    scaling: {
      min: 1,
      max: 5,
      cpu: 70,
      memory: 80,
      queue: {
        prometheus: { serverAddress: 'http://mimir:9009', query: 'sum(waiting)' },
        target: 2.5,
        authentication: 'prometheus-token',
        authModes: 'bearer',
      },
      behavior: { scaleDown: { stabilizationWindowSeconds: 600 } },
    },
  },
  'a queue of KServe': { runtime: 'kserve', scaling: { min: 1, max: 5, queue } },
  'weights as an image': { model: weights },
  'weights as an image, with all their words': {
    model: { ...weights, subPath: 'model', pullPolicy: 'Always' },
  },
  'weights as an image, with KServe': { runtime: 'kserve', model: weights },
  adapters: {
    model: weights,
    adapters: [
      { name: 'legal', uri: 'oci://registry.example.com/legal:2', subPath: 'lora' },
      { name: 'medical', uri: 'pvc://adapters/medical' },
    ],
  },
  'a canary': { replicas: 3, route, canary: { weight: 10, image: NEXT } },
  'a canary without a share': { route, canary: { weight: 0, image: NEXT, replicas: 2 } },
  'a canary with all requests': { route, canary: { weight: 100, image: NEXT } },
  'a canary for testers': {
    route: everything.route,
    canary: {
      weight: 5,
      match: { headers: { 'x-tester': 'yes', 'x-team': 'a' } },
      image: NEXT,
      env: { VLLM_USE_V1: '1' },
    },
  },
  'a canary that says less': {
    route,
    args: ['--enforce-eager'],
    env: { A: '1', B: '2' },
    canary: { weight: 50, args: [], env: { A: '3' } },
  },
  'a canary of weights and adapters': {
    route,
    model: weights,
    adapters: everything.adapters,
    canary: {
      weight: 5,
      model: { uri: 'oci://registry.example.com/weights:2' },
      adapters: [{ name: 'legal', uri: 'oci://registry.example.com/legal:3' }],
    },
  },
  'a canary that was promoted': { route, slot: 'b' },
  'one that was promoted before, with a policy': { route, slot: 'a', networkPolicy: {} },
  'a canary beside one that was promoted': {
    route,
    slot: 'b',
    canary: { weight: 20, image: NEXT },
  },
  'all of it': { ...everything, canary: { weight: 30, image: NEXT } },
  'all of it, in the other slot': { ...everything, slot: 'b', canary: { weight: 30, image: NEXT } },
}

for (const [title, spec] of Object.entries(FEATURES))
  test(`R7, W3, W4, W5 · import reads back each feature: ${title}`, async t => {
    const { objects, problems } = rendered(of(spec))
    t.deepEqual(
      problems.filter(({ severity }) => severity === 'error'),
      [],
    )
    const { document, remarks, unsaid } = await imported(around(objects))
    const { patches, pod } = document.spec
    t.deepEqual([patches, pod, remarks, unsaid], [undefined, undefined, [], []])
    t.is(
      JSON.stringify(rendered(document).objects, undefined, 1),
      JSON.stringify(objects, undefined, 1),
    )
  })

test('R7 · claims of devices are read back as they are in a pod', async t => {
  const pod = {
    resourceClaims: [{ name: 'gpus', resourceClaimTemplateName: 'two' }],
    containers: [{ name: 'server', resources: { claims: [{ name: 'gpus', request: 'gpu' }] } }],
  }
  const { objects } = rendered(of({ pod }))
  const { document, remarks, unsaid } = await imported(around(objects))
  t.deepEqual([document.spec.pod, remarks, unsaid], [pod, [], []])
  t.is(
    JSON.stringify(rendered(document).objects, undefined, 1),
    JSON.stringify(objects, undefined, 1),
  )
})

test('R7 · what a canary cannot take away, a patch of the candidate does', async t => {
  const spec = { route, env: { A: '1', B: '2' }, canary: { weight: 5, image: NEXT } }
  const live = rendered(of(spec)).objects.map(object =>
    isTracked(object) && isRuntime(object) ? withoutVariable(object, 'B') : object,
  )
  const { document, kept, remarks } = await imported(around(live))
  t.deepEqual(rendered(document).objects, live)
  t.deepEqual(
    document.spec.patches?.map(({ target }) => target),
    [{ kind: 'Deployment', name: 'chat-b' }],
  )
  t.deepEqual([kept.length > 0, remarks], [true, []])
})

test('R7 · a candidate is imported with what serves, and not as an endpoint of its own', async t => {
  const { objects } = rendered(of({ route, canary: { weight: 5, image: NEXT } }))
  const rows = await importNamespace({
    live: objects,
    setId: objects[0]?.metadata.labels?.[APPLYSET.partOf] ?? '',
    fileOf: () => undefined,
    render: async draft => rendered(draft),
    problemsOf: async () => [],
  })
  t.deepEqual(
    rows.map(({ name, state, reasons }) => [name, state, reasons]),
    [
      ['chat', 'as it is', []],
      ['chat-b', 'not at all', ['it is the candidate of chat, and comes with it']],
    ],
  )
})

test('R7 · a candidate that is asked for alone leads to its endpoint', async t => {
  const { objects } = rendered(of({ route, canary: { weight: 5, image: NEXT } }))
  const workload = objects.find(object => isRuntime(object) && isTracked(object))
  if (workload === undefined) throw new Error('there is no candidate')
  const error = await t.throwsAsync(imported({ workload, others: objects }))
  t.regex(error?.message ?? '', /Deployment\/llm\/chat-b is the candidate of chat/)
})

function of(spec: SpecInput) {
  return { metadata: { name: 'chat', namespace: 'llm' }, spec: { image: IMAGE, ...spec } }
}

/** As the command line finds them: by slipway's names, and the rest of the namespace. */
function around(objects: readonly KubeObject[]) {
  const workload = objects.find(object => isRuntime(object) && !isTracked(object))
  if (workload === undefined) throw new Error('there is no workload')
  const names = new Set(relatedRefs(workload).map(keyOf))
  const rest = objects.filter(object => object !== workload)
  const isNamed = (object: KubeObject) => names.has(keyOf(refOf(object)))
  return { workload, related: rest.filter(isNamed), others: rest.filter(each => !isNamed(each)) }
}

function withoutVariable(object: KubeObject, name: string): KubeObject {
  const copy = structuredClone(object)
  const container = Object(at(copy, 'spec', 'template', 'spec', 'containers', 0))
  container.env = entries(container.env).filter(each => each['name'] !== name)
  return copy
}
