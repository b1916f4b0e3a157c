import test from 'ava'
import { at, type KubeObject } from '../../src/object/index.ts'
import { renderSet } from '../../src/render/index.ts'
import { endpointFile, load, problemText, projectFile } from '../spec/support.ts'

interface Container {
  name?: string
  [field: string]: unknown
}
interface Pod {
  containers: Container[]
  initContainers?: Container[]
  model?: Container
  [field: string]: unknown
}

const RUNTIME = `apiVersion: serving.kserve.io/v1alpha1
kind: ClusterServingRuntime
metadata: {name: forest-server}
spec:
  annotations: {example.com/tier: serving}
  supportedModelFormats: [{name: forest, version: "1", autoSelect: true}]
  containers:
    - name: kserve-container
      image: registry.example.com/forest:1.0.0
      args: ["--name={{.Name}}", --port=8080]
      securityContext: {runAsUser: 5000, allowPrivilegeEscalation: false}
      resources: {requests: {cpu: "1", memory: 2Gi}, limits: {memory: 2Gi}}
      volumeMounts: [{name: shm, mountPath: /dev/shm}]
      PARTS
  volumes: [{name: shm, emptyDir: {medium: Memory}}]
`
const STORAGE = `apiVersion: serving.kserve.io/v1alpha1
kind: ClusterStorageContainer
metadata: {name: default}
spec:
  container: {name: storage-initializer, image: registry.example.com/fetch:1.0.0}
  supportedUriFormats: [{prefix: "s3://"}]
`

interface Given {
  /** Further fields of the runtime's container, as YAML. */
  parts?: string
  spec?: string
  model?: string
  environment?: string
  version?: string
}

async function render(runtime: string, given: Given) {
  const { parts = '', spec = '', model = 'uri: "s3://models/chat"', environment = '' } = given
  const { value, problems } = await load({
    'slipway.yaml': projectFile({
      environment: `kserve: {version: ${given.version ?? '0.20.0'}}\n${environment}`,
    }),
    'serving-runtimes/forest.yaml': RUNTIME.replace(
      '      PARTS\n',
      parts === '' ? '' : `      ${parts}\n`,
    ),
    'serving-runtimes/storage.yaml': STORAGE,
    'endpoints/chat.yaml': endpointFile(
      `runtime: ${runtime}\nmodel: {format: forest, ${model}}\n${spec}`,
    ),
  })
  if (value === undefined) throw new Error(problems.map(problemText).join('\n'))
  const rendered = renderSet(value)
  return { ...rendered, problems: [...problems, ...rendered.problems].map(problemText) }
}

async function predictor(given: Given = {}): Promise<Pod> {
  const { objects } = await render('kserve', given)
  const service = objects.find(({ object }) => object.kind === 'InferenceService')
  const spec = service?.object['spec'] as { predictor: Pod } | undefined
  return spec?.predictor ?? { containers: [] }
}

async function template(given: Given = {}) {
  const { objects } = await render('deployment', given)
  const deployment = objects.find(({ object }) => object.kind === 'Deployment')?.object
  return (
    deployment as KubeObject & {
      spec: { template: { metadata: KubeObject['metadata']; spec: Pod } }
    }
  ).spec.template
}

async function server(given: Given = {}): Promise<Container> {
  return (await template(given)).spec.containers[0] ?? {}
}

test('M1 · an InferenceService names the chosen runtime, and says what the endpoint changes', async t => {
  const { model, containers } = await predictor({ spec: 'args: [--trees=9]\nenv: {LEVEL: debug}' })
  t.is(containers, undefined as never)
  t.like(model, {
    modelFormat: { name: 'forest' },
    runtime: 'forest-server',
    storageUri: 's3://models/chat',
    image: 'registry.example.com/forest:1.0.0',
    args: ['--trees=9'],
    env: [{ name: 'LEVEL', value: 'debug' }],
    resources: { requests: { cpu: '1', memory: '2Gi' }, limits: { memory: '2Gi' } },
    securityContext: { capabilities: { drop: ['ALL'] } },
  })
  t.deepEqual(
    ['protocolVersion', 'ports', 'readinessProbe', 'startupProbe', 'volumeMounts'].filter(
      field => model !== undefined && field in model,
    ),
    [],
  )
})

test('M1 · storage and protocol are said as KServe has them', async t => {
  const given = 'protocol: v2, storage: {key: minio, path: chat, parameters: {bucket: models}}'
  t.like((await predictor({ model: given })).model, {
    protocolVersion: 'v2',
    storage: { key: 'minio', path: 'chat', parameters: { bucket: 'models' } },
  })
})

test('M1 · a model on a claim is KServe’s to mount', async t => {
  const { model, volumes } = await predictor({ model: 'uri: "pvc://claim/chat"' })
  t.is(model?.['storageUri'], 'pvc://claim/chat')
  t.is(volumes, undefined)
})

test('M2 · a Deployment runs the runtime’s container, filled in', async t => {
  const { metadata, spec } = await template({ spec: 'args: [--trees=9]' })
  t.deepEqual(metadata.annotations, { 'example.com/tier': 'serving' })
  t.like(spec.containers[0], {
    name: 'server',
    image: 'registry.example.com/forest:1.0.0',
    args: ['--name=chat', '--port=8080', '--trees=9'],
    ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
    readinessProbe: { tcpSocket: { port: 8080 } },
    securityContext: {
      runAsUser: 5000,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [
      { name: 'model', mountPath: '/mnt/models', readOnly: true },
      { name: 'shm', mountPath: '/dev/shm' },
    ],
  })
  t.false('model' in spec)
  t.deepEqual(spec['volumes'], [
    { name: 'model', emptyDir: {} },
    { name: 'shm', emptyDir: { medium: 'Memory' } },
  ])
})

test('M2 · the model comes by the catalogue’s storage container, with the endpoint’s variables', async t => {
  const { spec } = await template({ spec: 'envFrom: [{secret: s3}]' })
  t.like(spec.initContainers?.[0], {
    name: 'storage-initializer',
    image: 'registry.example.com/fetch:1.0.0',
    args: ['s3://models/chat', '/mnt/models'],
    envFrom: [{ secretRef: { name: 's3' } }],
    volumeMounts: [{ name: 'model', mountPath: '/mnt/models' }],
  })
})

test('M2 · or by the image that the endpoint names, which KServe does not need', async t => {
  const model = 'uri: "s3://models/chat", fetch: {image: "registry.example.com/mine:1"}'
  const { spec } = await template({ model })
  t.like(spec.initContainers?.[0], { name: 'fetch-model', image: 'registry.example.com/mine:1' })
  const kserve = await predictor({ model })
  t.deepEqual(
    [kserve.initContainers, kserve.model?.['storageUri']],
    [undefined, 's3://models/chat'],
  )
})

test('M2 · a model on a claim is mounted in a Deployment', async t => {
  const { spec } = await template({ model: 'uri: "pvc://claim/chat"' })
  t.is(spec.initContainers, undefined)
  t.deepEqual((spec['volumes'] as object[])[0], {
    name: 'model',
    persistentVolumeClaim: { claimName: 'claim' },
  })
})

const PROBE = 'livenessProbe: {httpGet: {path: /live, port: 8080}, periodSeconds: 5}'
const STARTUP = { httpGet: { path: '/live', port: 8080 }, periodSeconds: 10, timeoutSeconds: 5 }

test('K2 · a runtime’s liveness probe does not kill a model that loads', async t => {
  const given = { parts: PROBE, spec: 'loadTime: 5m' }
  t.deepEqual((await server(given))['startupProbe'], { ...STARTUP, failureThreshold: 30 })
  t.deepEqual((await predictor(given)).model?.['startupProbe'], {
    ...STARTUP,
    failureThreshold: 30,
  })
})

test('M1 · a probe of the endpoint changes that of the runtime field by field', async t => {
  const given = {
    parts: PROBE,
    spec: 'probes: {liveness: {period: 30s}, readiness: {path: /ready, successes: 2}}',
  }
  const { model } = await predictor(given)
  t.deepEqual(model?.['livenessProbe'], { periodSeconds: 30 })
  t.deepEqual(model?.['readinessProbe'], {
    httpGet: { path: '/ready', port: 8080 },
    successThreshold: 2,
  })
  t.deepEqual((await server(given))['livenessProbe'], {
    httpGet: { path: '/live', port: 8080 },
    periodSeconds: 30,
  })
})

test('M1 · loadTime changes the runtime’s startup probe, which gives it otherwise', async t => {
  const parts =
    'startupProbe: {httpGet: {path: /s, port: 8080}, periodSeconds: 20, failureThreshold: 3}'
  t.is((await predictor({ parts })).model?.['startupProbe'], undefined)
  const longer = await predictor({ parts, spec: 'loadTime: 5m' })
  t.deepEqual(longer.model?.['startupProbe'], { failureThreshold: 15 })
})

test('K1 · a port of the endpoint’s own is declared, and everything leads to it', async t => {
  const given = { spec: 'port: 9000\nargs: [--port=9000]' }
  t.deepEqual((await predictor(given)).model?.['ports'], [
    { name: 'http', containerPort: 9000, protocol: 'TCP' },
  ])
  for (const runtime of ['kserve', 'deployment']) {
    const { objects, problems } = await render(runtime, given)
    const service = objects.find(({ object }) => object.kind === 'Service')?.object
    t.like(service, { spec: { ports: [{ targetPort: 9000 }] } })
    t.deepEqual(problems, [])
  }
})

test('K1 · a probe of the runtime on another port than the server’s is found in both runtimes', async t => {
  const parts =
    'ports: [{containerPort: 8080}]\n      readinessProbe: {httpGet: {path: /r, port: 8081}}'
  for (const runtime of ['kserve', 'deployment']) {
    const { problems } = await render(runtime, { parts })
    t.regex(problems.join('\n'), /readinessProbe.*8081/)
  }
})

test('M1 · a runtime that says how its server ends keeps it, unless the endpoint says more', async t => {
  const parts = 'lifecycle: {preStop: {exec: {command: [stop]}}}'
  t.is((await predictor({ parts })).model?.['lifecycle'], undefined)
  const own = await predictor({ parts, spec: 'shutdown: {preStop: {sleep: 5s}}' })
  t.deepEqual(own.model?.['lifecycle'], { preStop: { sleep: { seconds: 5 } } })
})

test('M4 · what KServe’s webhook would write is said: the format from 0.17 on, v2 for Triton', async t => {
  const annotation = async (version: string) => {
    const { objects } = await render('kserve', { version })
    return objects[0]?.object.metadata.annotations?.['modelFormat']
  }
  t.deepEqual([await annotation('0.16.0'), await annotation('0.17.0')], [undefined, 'forest'])
})

test('M2 · only the runtime’s word differs: an environment without KServe serves the same', async t => {
  const { objects, problems } = await render('kserve', { environment: 'runtime: deployment' })
  t.deepEqual(
    objects.map(({ object }) => object.kind),
    ['Deployment', 'Service'],
  )
  t.deepEqual(problems, [])
})

test('A1 · with KServe’s defaults alone, nothing is said of resources that nobody said', async t => {
  const containerOf = async (spec: string) => {
    const own = `image: registry.example.com/own:1\nruntime: kserve\n${spec}`
    const { value } = await load({
      'slipway.yaml': projectFile(),
      'endpoints/chat.yaml': endpointFile(own),
    })
    const objects = value === undefined ? [] : renderSet(value).objects
    const service = objects.find(({ object }) => object.kind === 'InferenceService')?.object
    return at(service, 'spec', 'predictor', 'containers', 0)
  }
  t.is(at(await containerOf('kserve: {defaults: false}'), 'resources'), undefined)
  t.deepEqual(at(await containerOf(''), 'resources'), {})
})
