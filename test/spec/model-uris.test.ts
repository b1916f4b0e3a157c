import test from 'ava'
import { endpointFile, load, problemText, projectFile } from './support.ts'

/** Which URIs of models are taken, by KServe's version and the catalogue. */

const RUNTIME = `apiVersion: serving.kserve.io/v1alpha1
kind: ServingRuntime
metadata: {name: trees}
spec:
  supportedModelFormats: [{name: trees, autoSelect: true}]
  containers: [{name: kserve-container, image: registry.example.com/trees:1.0.0}]
`
const BRINGER = `apiVersion: serving.kserve.io/v1alpha1
kind: ClusterStorageContainer
metadata: {name: scope}
spec:
  container: {name: storage-initializer, image: registry.example.com/scope:1.0.0}
  supportedUriFormats: [{prefix: "modelscope://"}, {regex: "^oci\\\\+fetch://.+"}]
`

interface Asked {
  uri: string
  version?: string
  runtime?: string
  model?: string
  hasBringer?: boolean
}

const OWN = 'image: registry.example.com/own:1.0.0\n'

async function errorsOf({ uri, version = '0.20.0', runtime = 'kserve', ...more }: Asked) {
  const { model = 'format: trees', hasBringer = false } = more
  const image = model.includes('format') ? '' : OWN
  const { problems } = await load({
    'slipway.yaml': projectFile({
      environment: `policies: {missingRequests: off, mutableTag: off}\nkserve: {version: ${version}}`,
    }),
    'serving-runtimes/trees.yaml': RUNTIME,
    ...(hasBringer ? { 'serving-runtimes/scope.yaml': BRINGER } : {}),
    'endpoints/chat.yaml': endpointFile(
      `runtime: ${runtime}\n${image}model: {${[model, `uri: "${uri}"`].filter(Boolean).join(', ')}}`,
    ),
  })
  return problems.filter(({ severity }) => severity === 'error').map(problemText)
}

const KNOWN = [
  's3://m/a',
  'gs://m/a',
  'hf://a/b:main',
  'pvc://m/a',
  'https://example.com/a.tgz',
  'http://example.com/a.tgz',
  'https://team.blob.core.windows.net/m/a',
  'hdfs://m/a',
  'webhdfs://m/a',
  'file:///m/a',
  'oci://registry.example.com/a:1',
]

for (const version of ['0.16.0', '0.20.0']) {
  test(`M1 · what KServe ${version} takes of itself is taken`, async t => {
    for (const uri of KNOWN) t.deepEqual(await errorsOf({ uri, version }), [], uri)
  })
}

test('M1 · an image as a volume is asked of KServe from 0.20 on', async t => {
  const uri = 'oci+native://registry.example.com/a:1'
  t.deepEqual(await errorsOf({ uri }), [])
  const early = 'spec.model.uri begins with oci+native://, but KServe 0.19.0 does not take it'
  const [error, ...others] = await errorsOf({ uri, version: '0.19.0' })
  t.true(error?.includes(early), error)
  t.deepEqual(others, [])
})

for (const uri of ['modelscope://a/b', 'oci+fetch://registry.example.com/a:1']) {
  test(`M1 · what no version of KServe takes of itself is refused without a storage container for it: ${uri}`, async t => {
    for (const asked of [{}, { version: '0.16.0' }, { runtime: 'deployment', model: '' }]) {
      const [error, ...others] = await errorsOf({ uri, ...asked })
      t.regex(
        error ?? '',
        /spec\.model\.uri begins with [a-z+]+:\/\/, which nobody is known to fetch/,
      )
      t.deepEqual(others, [])
    }
    t.deepEqual(await errorsOf({ uri, hasBringer: true }), [])
    t.deepEqual(await errorsOf({ uri, hasBringer: true, runtime: 'deployment' }), [])
    t.deepEqual(await errorsOf({ uri, hasBringer: true, model: 'fetch: kserve' }), [])
  })
}
