import test from 'ava'
import { parseAllDocuments } from 'yaml'
import { hasErrors } from '../../src/problem/index.ts'
import { renderSet } from '../../src/render/index.ts'
import { loadSet } from '../../src/spec/index.ts'
import { runtimesOfKserve } from '../support/serving-runtimes.ts'
import { memorySource } from '../spec/memory-source.ts'
import { endpointFile, problemText, projectFile } from '../spec/support.ts'

const KSERVE = await runtimesOfKserve('0.20.0')

interface Runtime {
  kind: string
  metadata: { name: string }
  spec: {
    supportedModelFormats: { name: string; version?: string }[]
    protocolVersions?: string[]
    workerSpec?: object
  }
}

const runtimes = Object.values(KSERVE)
  .flatMap(text => parseAllDocuments(text).map(document => document.toJSON() as Runtime))
  .filter(({ kind }) => kind === 'ClusterServingRuntime')

test('M1 · KServe’s own manifests are read as they are', t => {
  t.true(runtimes.length >= 12)
})

async function render(spec: string) {
  const files = {
    ...KSERVE,
    'slipway.yaml': projectFile({ environment: 'kserve: {version: 0.20.0}' }),
    'endpoints/chat.yaml': endpointFile(spec),
  }
  const { value, problems } = await loadSet({ source: memorySource(Object.entries(files)) })
  const rendered = value === undefined ? { objects: [], problems: [] } : renderSet(value)
  const all = [...problems, ...rendered.problems]
  return {
    endpoint: value?.endpoints[0],
    objects: rendered.objects.map(({ object }) => object),
    errors: hasErrors(all) ? all.map(problemText) : [],
  }
}

/** The endpoint of a runtime's first format. */
function specOf({ metadata, spec }: Runtime, runtime: string): string {
  const [format] = spec.supportedModelFormats
  const version = format?.version === undefined ? '' : `, version: "${format.version}"`
  const protocol = spec.protocolVersions?.[0]
  const said = protocol === undefined ? '' : `, protocol: ${protocol}`
  return `runtime: ${runtime}\nmodel: {format: {name: ${format?.name}${version}}, servingRuntime: ${metadata.name}, uri: "s3://models/chat"${said}}`
}

for (const runtime of runtimes.filter(({ spec }) => spec.workerSpec === undefined)) {
  const { name } = runtime.metadata
  test(`M2 · KServe’s ${name} serves one endpoint in both runtimes, on one port`, async t => {
    const [kserve, deployment] = [
      await render(specOf(runtime, 'kserve')),
      await render(specOf(runtime, 'deployment')),
    ]
    t.deepEqual([kserve.errors, deployment.errors], [[], []])
    t.is(kserve.endpoint?.serving?.runtime.name, name)
    t.deepEqual(
      kserve.objects.map(({ kind }) => kind),
      ['InferenceService', 'Service'],
    )
    const text = JSON.stringify(deployment.objects)
    t.false(text.includes('{{'), 'placeholders are filled')
    const services = [kserve, deployment].map(
      ({ objects }) => (objects.at(-1)?.['spec'] as { ports: object } | undefined)?.ports,
    )
    t.deepEqual(services[0], services[1])
  })
}

test('M2 · a runtime of several nodes serves no Deployment, and says so', async t => {
  const [several] = runtimes.filter(({ spec }) => spec.workerSpec !== undefined)
  if (several === undefined) throw new Error('KServe has no runtime of several nodes')
  const { errors } = await render(specOf(several, 'deployment'))
  t.regex(errors.join('\n'), /spans several nodes, and a Deployment does not/)
})

const chosen = test.macro(async (t, model: string, expected: string) => {
  const { endpoint, errors } = await render(`runtime: kserve\nmodel: {${model}, uri: "s3://m/c"}`)
  t.deepEqual([endpoint?.serving?.runtime.name, errors], [expected, []])
})

test('M1 · of KServe’s runtimes: sklearn by v1', chosen, 'format: sklearn', 'kserve-sklearnserver')
test(
  'M1 · of KServe’s runtimes: sklearn by v2',
  chosen,
  'format: sklearn, protocol: v2',
  'kserve-mlserver',
)
test('M1 · of KServe’s runtimes: triton', chosen, 'format: triton', 'kserve-tritonserver')
test(
  'M1 · of KServe’s runtimes: huggingface',
  chosen,
  'format: huggingface',
  'kserve-huggingfaceserver',
)
test('M1 · of KServe’s runtimes: tensorflow by v1', chosen, 'format: tensorflow', 'kserve-openvino')
test('M1 · of KServe’s runtimes: pytorch', chosen, 'format: pytorch', 'kserve-torchserve')
