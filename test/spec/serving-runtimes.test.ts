import test from 'ava'
import type { Endpoint } from '../../src/spec/index.ts'
import {
  endpointFile,
  load,
  loadChat,
  originText,
  problemText,
  projectFile,
  type Files,
} from './support.ts'

const FOREST = `apiVersion: serving.kserve.io/v1alpha1
kind: ClusterServingRuntime
metadata: {name: forest-server}
spec:
  supportedModelFormats:
    - {name: forest, version: "1", autoSelect: true, priority: 2}
  protocolVersions: [v1, v2]
  nodeSelector: {pool: ml}
  imagePullSecrets: [{name: registry}]
  containers:
    - name: kserve-container
      image: registry.example.com/forest:1.0.0
      args: ["--name={{.Name}}"]
      ports:
        - {containerPort: 9090, name: http}
      resources:
        requests: {cpu: "1", memory: 2Gi}
        limits: {memory: 2Gi, nvidia.com/gpu: "1"}
      startupProbe:
        httpGet: {path: /ready, port: 9090}
        periodSeconds: 20
        failureThreshold: 6
`
const OTHER = FOREST.replaceAll('forest-server', 'other-server').replace(
  'autoSelect: true',
  'autoSelect: false',
)

/** Things that stand beside manifests of runtimes. */
const KUSTOMIZATION =
  'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [forest.yaml]\n'
const BRINGER = `apiVersion: serving.kserve.io/v1alpha1
kind: ClusterStorageContainer
metadata: {name: default}
spec:
  container: {name: storage-initializer, image: registry.example.com/fetch:1.0.0}
  supportedUriFormats: [{prefix: "s3://"}, {regex: "https?://(.+)/(.+)"}]
`

function project(spec: string, more: Files = {}): Files {
  return {
    'serving-runtimes/forest.yaml': FOREST,
    'serving-runtimes/kustomization.yaml': KUSTOMIZATION,
    'serving-runtimes/storage.yaml': BRINGER,
    'endpoints/chat.yaml': endpointFile(spec),
    ...more,
  }
}

const KSERVE = 'runtime: kserve\nmodel: {format: forest, uri: "s3://models/chat"}\n'

async function problems(files: Files): Promise<string[]> {
  return (await load(files)).problems.map(problem =>
    [problemText(problem), problem.cause, problem.remedy].filter(Boolean).join(' | '),
  )
}

test('M1 · without an image, the serving runtime gives image, port, resources and where it runs', async t => {
  const { spec } = await loadChat(t, project(KSERVE))
  t.is(spec.image, 'registry.example.com/forest:1.0.0')
  t.is(spec.port, 9090)
  t.is(spec.loadTime, 120)
  t.is(spec.model?.servingRuntime, 'forest-server')
  t.deepEqual(spec.model?.format, { name: 'forest' })
  t.deepEqual(spec.imagePullSecrets, ['registry'])
  t.deepEqual(spec.scheduling?.nodeSelector, { pool: 'ml' })
  t.deepEqual(spec.resources, {
    gpus: 1,
    gpuResource: 'nvidia.com/gpu',
    cpu: { request: '1' },
    memory: { request: '2Gi', limit: '2Gi' },
  })
  t.deepEqual(spec.probes, {})
})

const origin = test.macro(async (t, path: string, expected: string) => {
  t.is(originText(await loadChat(t, project(KSERVE)), path), expected)
})

const AT = 'catalogue serving-runtimes/forest.yaml'
test('R7 · a serving runtime’s image is at its line', origin, 'spec.image', `${AT}:12:7`)
test('R7 · a serving runtime’s port is at its line', origin, 'spec.port', `${AT}:15:12`)
test(
  'R7 · a serving runtime’s name is at its line',
  origin,
  'spec.model.servingRuntime',
  `${AT}:3:12`,
)
test(
  'R7 · a serving runtime’s request is at its line',
  origin,
  'spec.resources.memory.request',
  `${AT}:17:30`,
)
test(
  'R7 · a serving runtime’s GPUs are at their line',
  origin,
  'spec.resources.gpus',
  `${AT}:18:31`,
)
test(
  'R7 · a serving runtime’s node selector is at its line',
  origin,
  'spec.scheduling.nodeSelector.pool',
  `${AT}:8:18`,
)
test(
  'R7 · a serving runtime’s startup probe gives the load time',
  origin,
  'spec.loadTime',
  `${AT}:19:7`,
)

interface Override {
  spec?: string
  more?: Files
  read: (endpoint: Endpoint) => unknown
  expected: unknown
}

const override = test.macro(async (t, { spec = '', more = {}, read, expected }: Override) => {
  t.deepEqual(read(await loadChat(t, project(`${KSERVE}${spec}`, more))), expected)
})

test('M1 · the endpoint is stronger than the runtime', override, {
  spec: 'image: registry.example.com/mine:2.0.0\nport: 8000\nresources: {memory: 4Gi}',
  read: ({ spec }) => [spec.image, spec.port, spec.resources.memory, spec.resources.cpu],
  expected: [
    'registry.example.com/mine:2.0.0',
    8000,
    { request: '4Gi', limit: '4Gi' },
    { request: '1' },
  ],
})
test('M1 · defaults of the project are stronger than the runtime', override, {
  more: { 'slipway.yaml': projectFile({ spec: 'defaults: {port: 8500}' }) },
  read: ({ spec }) => spec.port,
  expected: 8500,
})
test('M1 · a stronger layer’s format replaces the weaker one with its version', override, {
  more: {
    'slipway.yaml': projectFile({ spec: 'defaults: {model: {format: {name: net, version: "9"}}}' }),
  },
  read: ({ spec }) => spec.model?.format,
  expected: { name: 'forest' },
})
test('M1 · the folder can be named', override, {
  more: {
    'slipway.yaml': projectFile({ spec: 'catalogues: {servingRuntimes: platform/runtimes}' }),
    'platform/runtimes/a.yaml': FOREST.replace('forest:1.0.0', 'forest:3.0.0'),
  },
  read: ({ spec }) => spec.image,
  expected: 'registry.example.com/forest:3.0.0',
})
test('M1 · a runtime that names no port listens on 8080, as KServe has it', override, {
  more: { 'serving-runtimes/forest.yaml': FOREST.replace(/ +ports:\n.*\n/, '') },
  read: endpoint => [endpoint.spec.port, originText(endpoint, 'spec.port')],
  expected: [8080, 'built-in'],
})
test('M2 · the storage container of the model’s URI is found', override, {
  read: ({ serving }) => serving?.storageContainer?.name,
  expected: 'default',
})

interface Refusal {
  spec: string
  more?: Files
  expected: string[]
}

const refuse = test.macro(async (t, { spec, more, expected }: Refusal) => {
  t.deepEqual(await problems(project(spec, more)), expected)
})

const CHAT = 'endpoints/chat.yaml'
test('M1 · no runtime for the format, and what it may have meant', refuse, {
  spec: 'runtime: kserve\nmodel: {format: forrest}',
  expected: [
    `${CHAT}:6:11 error serving-runtime: no serving runtime in serving-runtimes supports forrest | Did you mean "forest"?`,
  ],
})
test('M1 · no runtime for the format, and those that are nearest', refuse, {
  spec: 'runtime: kserve\nmodel: {format: {name: forest, version: "2"}, protocol: grpc-v2}',
  more: { 'serving-runtimes/other.yaml': OTHER },
  expected: [
    `${CHAT}:6:11 error serving-runtime: no serving runtime in serving-runtimes supports forest version 2 by grpc-v2 | The nearest are forest-server (serving-runtimes/forest.yaml:3): it supports forest in version 1 only, it speaks v1, v2 and not grpc-v2; other-server (serving-runtimes/other.yaml:3): it is not selected automatically for forest (autoSelect), it speaks v1, v2 and not grpc-v2. | Change spec.model, or name a runtime in spec.model.servingRuntime.`,
  ],
})
test('M1 · several runtimes that are equally good', refuse, {
  spec: KSERVE,
  more: { 'serving-runtimes/other.yaml': FOREST.replaceAll('forest-server', 'other-server') },
  expected: [
    `${CHAT}:6:11 error serving-runtime: 2 serving runtimes support forest equally well: forest-server (serving-runtimes/forest.yaml:3), other-server (serving-runtimes/other.yaml:3) | KServe would take the one that was created last. | Name one in spec.model.servingRuntime, or give one of them a higher priority.`,
  ],
})
test('M1 · a runtime that is not there', refuse, {
  spec: 'runtime: kserve\nmodel: {format: forest, servingRuntime: forest-serve}',
  expected: [
    `${CHAT}:6:27 error serving-runtime: there is not a serving runtime "forest-serve" in serving-runtimes | Did you mean "forest-server"?`,
  ],
})
test('M1 · a runtime that cannot serve the format', refuse, {
  spec: 'runtime: kserve\nmodel: {format: net, servingRuntime: forest-server}',
  expected: [
    `${CHAT}:6:24 error serving-runtime: the serving runtime "forest-server" cannot serve net: it does not support net | Leave spec.model.servingRuntime out to have it chosen, or name another.`,
  ],
})
test('M1 · fields of a format without a format', refuse, {
  spec: 'image: registry.example.com/a:1\nmodel: {protocol: v2, storage: {key: a}}',
  expected: [
    `${CHAT}:6:11 error contradiction: spec.model.protocol is given, but there is no spec.model.format | Set spec.model.format, or leave it out.`,
    `${CHAT}:6:25 error contradiction: spec.model.storage is given, but there is no spec.model.format | Set spec.model.format, or leave it out.`,
  ],
})
test('M1 · a URI and a storage', refuse, {
  spec: 'runtime: kserve\nmodel: {format: forest, uri: "s3://a/b", storage: {key: a}}',
  expected: [
    `${CHAT}:6:44 error contradiction: spec.model.storage and spec.model.uri are both given | Keep one.`,
  ],
})
test('M1 · a probe of the runtime cannot be switched off in KServe', refuse, {
  spec: `${KSERVE}probes: {startup: false, liveness: false}`,
  expected: [
    `${CHAT}:7:12 error contradiction: spec.probes.startup is false, but KServe gives the server of "forest-server" one | Leave it out, or change its times.`,
  ],
})
test('M2 · in a Deployment, somebody must bring the model', refuse, {
  spec: 'model: {format: forest, uri: "gs://models/chat"}',
  expected: [
    `${CHAT}:5:27 error contradiction: nothing brings gs://models/chat to /mnt/models in a Deployment | KServe does it by a ClusterStorageContainer, and none in the catalogue is for this URI. | Set "spec.model.fetch: {image: …}", or add the ClusterStorageContainer to the folder of serving runtimes.`,
  ],
})
test('M2 · in a Deployment there is no storage of KServe', refuse, {
  spec: 'model: {format: forest, storage: {key: a}}',
  expected: [
    `${CHAT}:5:27 error contradiction: spec.model.storage is given, but the runtime is deployment | KServe alone knows that storage. | Use spec.model.uri, which works in both runtimes.`,
  ],
})
test('M2 · in a Deployment a placeholder must be one that can be filled', refuse, {
  spec: 'model: {format: forest}',
  more: { 'serving-runtimes/forest.yaml': FOREST.replace('{{.Name}}', '{{.Name | upper}}') },
  expected: [
    `serving-runtimes/forest.yaml:3:12 error contradiction: the serving runtime "forest-server" has the placeholder {{.Name | upper}}, which only KServe fills in | Use "runtime: kserve", or a placeholder such as {{.Name}} or {{.Labels.NAME}}.`,
  ],
})

test('M1 · a format without a catalogue', async t => {
  t.deepEqual(await problems({ 'endpoints/chat.yaml': endpointFile(KSERVE) }), [
    `${CHAT}:6:11 error serving-runtime: spec.model.format is given, but the project has no catalogue of serving runtimes | The serving runtime decides on the image, port and probes. | Run "slipway import servingruntimes" to write those of a cluster to serving-runtimes.`,
  ])
})

test('M1 · a folder that is named must hold a runtime', async t => {
  const files = {
    'slipway.yaml': projectFile({ spec: 'catalogues: {servingRuntimes: runtimes}' }),
    'endpoints/chat.yaml': endpointFile('image: registry.example.com/a:1'),
  }
  t.deepEqual(await problems(files), [
    'slipway.yaml:5:16 error catalogue: the folder runtimes holds no serving runtime | Run "slipway import servingruntimes" to write those of a cluster there, or correct spec.catalogues.',
  ])
})

test('M1 · what is wrong in a manifest is said with its line', async t => {
  const wrong = FOREST.replace('version: "1"', 'version: 1').replace(
    '- name: kserve-container',
    '- title: x',
  )
  const found = await problems(project(KSERVE, { 'serving-runtimes/forest.yaml': wrong }))
  t.deepEqual(found.slice(0, 2), [
    'serving-runtimes/forest.yaml:6:31 error wrong-type: spec.supportedModelFormats[0].version must be a version in quotes such as "1", not the number 1 | Put it in quotes: "1".',
    'serving-runtimes/forest.yaml:11:7 error missing-field: spec.containers[0].name is missing',
  ])
})

test('M1 · a runtime that is written twice, and another kind of KServe’s', async t => {
  const service =
    'apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata: {name: a}\n'
  const more = { 'serving-runtimes/z.yaml': `${FOREST}---\n${service}` }
  t.deepEqual(await problems(project(KSERVE, more)), [
    'serving-runtimes/z.yaml:3:12 error catalogue: ClusterServingRuntime forest-server is also in serving-runtimes/forest.yaml:3 | Keep one of them.',
    'serving-runtimes/z.yaml:25:1 error document-kind: KServe’s kind InferenceService is not a serving runtime | Keep only ServingRuntime, ClusterServingRuntime and ClusterStorageContainer here; endpoints are written as Endpoints.',
  ])
})
