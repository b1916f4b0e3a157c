import test from 'ava'
import { runtimesOfKserve } from '../support/serving-runtimes.ts'
import { podSpecOf } from '../../src/kinds/index.ts'
import { entries } from '../../src/object/index.ts'
import { renderSet } from '../../src/render/index.ts'
import { catalogueFile, endpointFile, load, loadChat, problemText, projectFile } from './support.ts'

/** Weights and adapters as images: what reaches the server, and what is refused beside the broken specs. */

const ADAPTERS = `adapters:
  - {name: sql, uri: "oci://registry.example.com/sql:1"}
  - {name: law, uri: "pvc://lora/law"}`

const images = (adapters: string) =>
  catalogueFile('ImageCatalogue', `predict: {cpu: "registry.example.com/vllm:1.0.0"${adapters}}`)

const chat = (spec: string, adapters = '') => ({
  'images.yaml': images(adapters),
  'endpoints/chat.yaml': endpointFile(`serves: predict\n${spec}`),
})

test('W5 · adapters are told as vLLM wants it: the switch, the argument, and each by name and path', async t => {
  const told = ', adapters: {arg: --lora-modules, with: [--enable-lora]}'
  const { spec } = await loadChat(t, chat(`args: [--enable-lora]\n${ADAPTERS}`, told))
  t.deepEqual(spec.args, [
    '--enable-lora',
    '--lora-modules',
    'sql=/mnt/adapters/sql',
    'law=/mnt/adapters/law',
  ])
})

test('W5 · adapters are told by a variable where the image takes one', async t => {
  const { spec } = await loadChat(t, chat(ADAPTERS, ', adapters: {env: LORA_ADAPTERS}'))
  t.is(spec.env?.['LORA_ADAPTERS'], 'sql=/mnt/adapters/sql,law=/mnt/adapters/law')
})

test('W5 · adapters that nobody tells the server of are warned about', async t => {
  const { problems } = await load(chat(ADAPTERS))
  t.deepEqual(problems.map(problemText), [
    'endpoints/chat.yaml:6:3 warning catalogue: spec.adapters are mounted, but images.yaml does not say how to pass them to "predict"',
  ])
})

test('W5 · an overlay changes one adapter and keeps the others', async t => {
  const { spec } = await loadChat(t, {
    ...chat(ADAPTERS, ', adapters: {env: LORA_ADAPTERS}'),
    'slipway.yaml': projectFile({
      environment: 'overlay: [{adapters: [{name: sql, uri: "oci://registry.example.com/sql:2"}]}]',
    }),
  })
  t.deepEqual(
    spec.adapters?.map(({ name, uri }) => `${name} ${uri}`),
    ['sql oci://registry.example.com/sql:1', 'law pvc://lora/law'],
  )
})

test('R11, W5 · the policy on moving tags counts for weights and adapters', async t => {
  const { problems } = await load({
    ...chat(
      'model: {uri: "oci://registry.example.com/llama:latest", fetch: image}\nadapters: [{name: sql, uri: "oci://registry.example.com/sql"}]',
      ', adapters: {env: LORA_ADAPTERS}',
    ),
    'slipway.yaml': projectFile({
      environment: 'policies: {missingRequests: off, mutableTag: error}',
    }),
  })
  t.deepEqual(problems.map(problemText), [
    'endpoints/chat.yaml:6:11 error policy: the image of weights registry.example.com/llama:latest has the tag latest, and that may become another image',
    'endpoints/chat.yaml:7:26 error policy: the image of the adapter "sql" registry.example.com/sql has no tag, which means latest, and that may become another image',
  ])
})

const WEIGHTS = 'model: {uri: "oci://registry.example.com/llama:3.1", fetch: image}'

const rendered = async (environment: string) => {
  const { value } = await load({
    'slipway.yaml': projectFile({
      environment: `policies: {missingRequests: off}\n${environment}`,
    }),
    ...chat(WEIGHTS),
  })
  return value === undefined ? ['not loaded'] : renderSet(value).problems.map(problemText)
}

test('W5 · images are mounted by Kubernetes 1.35, by 1.34 with a feature gate, and where nobody says the version', async t => {
  t.deepEqual(await rendered(''), [])
  t.deepEqual(await rendered('kubernetes: {version: "1.35"}'), [])
  const [warning, ...others] = await rendered('kubernetes: {version: "1.34.4"}')
  t.deepEqual(others, [])
  t.regex(
    warning ?? '',
    /warning wiring: .* Kubernetes 1\.34\.4 does so only with the feature gate ImageVolume/,
  )
})

async function withFormat(version: string, runtime: string, more = '') {
  const { value, problems } = await load({
    ...(await runtimesOfKserve('0.20.0')),
    'slipway.yaml': projectFile({
      environment: `policies: {missingRequests: off}\nkserve: {version: ${version}}`,
    }),
    'endpoints/chat.yaml': endpointFile(
      `runtime: ${runtime}\nmodel: {format: sklearn, uri: "oci://registry.example.com/iris:1", fetch: image${more}}`,
    ),
  })
  const errors = problems.filter(({ severity }) => severity === 'error').map(problemText)
  const objects = value === undefined ? [] : renderSet(value).objects.map(({ object }) => object)
  return { errors, objects }
}

test('W5 · with a format KServe 0.20 is asked as it wants it, and a Deployment sees the same folder', async t => {
  const kserve = await withFormat('0.20.0', 'kserve')
  t.deepEqual(kserve.errors, [])
  const service = kserve.objects.find(({ kind }) => kind === 'InferenceService')
  t.like(service, {
    spec: { predictor: { model: { storageUri: 'oci+native://registry.example.com/iris:1' } } },
  })
  const plain = await withFormat('0.20.0', 'deployment')
  t.deepEqual(plain.errors, [])
  const deployment = plain.objects.find(({ kind }) => kind === 'Deployment')
  t.assert(deployment)
  const pod = deployment && podSpecOf(deployment)
  const reference = 'registry.example.com/iris:1'
  t.like(
    entries(pod?.['volumes']).find(({ name }) => name === 'model'),
    { image: { reference } },
  )
  t.like(
    entries(entries(pod?.['containers'])[0]?.['volumeMounts']).find(({ name }) => name === 'model'),
    { mountPath: '/mnt/models', subPath: 'models', readOnly: true },
  )
})

test('W5 · with a format what KServe cannot do is refused', async t => {
  const older = await withFormat('0.19.0', 'kserve')
  t.regex(older.errors.join(), /KServe 0\.19\.0 does not mount images of models with a format/)
  const folder = await withFormat('0.20.0', 'kserve', ', subPath: weights')
  t.regex(folder.errors.join(), /subPath is weights, but KServe mounts the folder models/)
  const pull = await withFormat('0.20.0', 'kserve', ', pullPolicy: Always')
  t.regex(pull.errors.join(), /pullPolicy is Always, but KServe pulls .* IfNotPresent/)
})
