import test from 'ava'
import { podSpecOf } from '../../src/kinds/index.ts'
import { at, entries, type KubeObject } from '../../src/object/index.ts'
import { renderSet } from '../../src/render/index.ts'
import { endpointFile, load } from '../spec/support.ts'

/** What a candidate has otherwise than what serves is held against its own settings; with model formats, against its own serving runtime. */

function runtime(name: string, port: number): string {
  return `apiVersion: serving.kserve.io/v1alpha1
kind: ServingRuntime
metadata: {name: ${name}-server}
spec:
  supportedModelFormats: [{name: ${name}, autoSelect: true}]
  protocolVersions: [v1, v2]
  containers:
    - name: kserve-container
      image: registry.example.com/${name}:1.0.0
      ports: [{containerPort: ${port}, protocol: TCP}]
      resources: {requests: {cpu: "1", memory: 1Gi}, limits: {cpu: "1", memory: 1Gi}}
`
}

const BRINGER = `apiVersion: serving.kserve.io/v1alpha1
kind: ClusterStorageContainer
metadata: {name: default}
spec:
  container: {name: storage-initializer, image: registry.example.com/fetch:1.0.0}
  supportedUriFormats: [{prefix: "s3://"}]
`

async function rendered(spec: string) {
  const { value, problems } = await load({
    'serving-runtimes/trees.yaml': runtime('trees', 8080),
    'serving-runtimes/nets.yaml': runtime('nets', 9090),
    'serving-runtimes/storage.yaml': BRINGER,
    'endpoints/chat.yaml': endpointFile(spec),
  })
  const { objects, problems: found } = value === undefined ? EMPTY : renderSet(value)
  const errors = [...problems, ...found].filter(({ severity }) => severity === 'error')
  const named = new Map(
    objects.map(({ object }) => [`${object.kind}/${object.metadata.name}`, object]),
  )
  return { named, errors: errors.map(({ message }) => message) }
}

const EMPTY = { objects: [], problems: [] }

const server = (object: KubeObject | undefined) =>
  object && entries(podSpecOf(object)?.['containers'])[0]

const ROUTE = 'route: {host: chat.example.com, gateway: {name: shared}}'
const TREES = 'model: {format: trees, uri: "s3://models/1"}'
const NETS = '{format: nets, uri: "s3://models/2"}'

test('M1 · a candidate of another format has its own runtime, and its own port', async t => {
  const { named, errors } = await rendered(
    `${TREES}\n${ROUTE}\ncanary: {weight: 10, model: ${NETS}}`,
  )
  t.deepEqual(errors, [])
  t.is(server(named.get('Deployment/chat'))?.['image'], 'registry.example.com/trees:1.0.0')
  t.like(server(named.get('Deployment/chat-b')), {
    image: 'registry.example.com/nets:1.0.0',
    ports: [{ containerPort: 9090 }],
  })
  t.is(at(named.get('Service/chat-canary-svc'), 'spec', 'ports', 0, 'targetPort'), 9090)
})

test('W3 · its promotion changes nothing in its pods', async t => {
  const during = await rendered(`${TREES}\n${ROUTE}\ncanary: {weight: 10, model: ${NETS}}`)
  const after = await rendered(`model: ${NETS}\n${ROUTE}\nslot: b`)
  const [before, now] = [during, after].map(({ named }) =>
    at(named.get('Deployment/chat-b'), 'spec', 'template'),
  )
  t.truthy(before)
  t.deepEqual(now, before)
})

test('M1 · under Knative the predictor that is written is the candidate, checked with its runtime', async t => {
  const spec = `runtime: kserve\nkserve: {deploymentMode: serverless}\n${TREES}\ncanary: {weight: 10, model: ${NETS}}`
  // Its pods and those that serve would be behind one Service, which leads to one port.
  t.regex(
    (await rendered(spec)).errors.join('\n'),
    /leads to port 8080, where the pods .* have 9090/,
  )
  const { named, errors } = await rendered(`${spec}\nservice: false`)
  t.deepEqual(errors, [])
  t.like(at(named.get('InferenceService/chat'), 'spec', 'predictor'), {
    canaryTrafficPercent: 10,
    model: {
      modelFormat: { name: 'nets' },
      runtime: 'nets-server',
      storageUri: 's3://models/2',
      image: 'registry.example.com/nets:1.0.0',
    },
  })
})

const OWN = `image: registry.example.com/chat:1.0.0\n${ROUTE}`
const DIFFERENT: Record<string, string> = {
  'a shorter time to load': 'loadTime: 2m',
  'a longer time to load': 'loadTime: 1h',
  'a longer end': 'shutdown: {gracePeriod: 10m, preStop: {sleep: 5m}}',
}

for (const [title, given] of Object.entries(DIFFERENT)) {
  test(`W3 · what only the candidate has is no fault: ${title}`, async t => {
    const { named, errors } = await rendered(`${OWN}\ncanary: {weight: 10, ${given}}`)
    t.deepEqual(errors, [])
    t.true(named.has('Deployment/chat-b'))
  })
}

test('W3 · what a patch takes from the candidate is still one', async t => {
  const ports = '[{containerPort: 9090, $patch: delete}, {containerPort: 9091}]'
  const merge = `{spec: {template: {spec: {containers: [{name: server, ports: ${ports}}]}}}}`
  const { errors } = await rendered(
    `${TREES}\n${ROUTE}\ncanary: {weight: 10, model: ${NETS}}\npatches: [{target: {kind: Deployment, name: chat-b}, merge: ${merge}}]`,
  )
  t.true(
    errors.some(message => message.includes('smoke checks of chat go to port 9090')),
    errors.join('\n'),
  )
})

test('W3 · what is not autoscaled is not told to be at zero: the candidate runs', async t => {
  const spec = `image: registry.example.com/chat:v1
route: {host: chat.example.com, gateway: {name: shared}}
scaling: {min: 0, max: 4, queue: {prometheus: {serverAddress: "http://prometheus:9090", query: up}, target: 5}}
canary: {weight: 10, image: registry.example.com/chat:v2}`
  const { value, problems } = await load({ 'endpoints/chat.yaml': endpointFile(spec) })
  if (value === undefined) throw new Error(problems.map(({ message }) => message).join('\n'))
  const found = renderSet(value).problems.filter(({ rule }) => rule === 'scale-to-zero')
  t.is(found.length, 1)
  t.regex(found[0]?.message ?? '', /once Deployment\/llm-ops\/chat is scaled up/)
})
