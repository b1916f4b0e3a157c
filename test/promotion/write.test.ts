import test, { type ExecutionContext } from 'ava'
import { SlipwayError } from '../../src/problem/index.ts'
import { writeVersion } from '../../src/promotion/write.ts'
import { versionOf } from '../../src/promotion/version.ts'
import { openFolder, type Endpoint } from '../../src/spec/index.ts'
import { aFolder, at } from '../git/playground.ts'

/** A version is written into the target's overlay, or it is said which line is stronger. */

const IMAGE = `registry.example.com/chat:v2@sha256:${'ab'.repeat(32)}`

const PROJECT = `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: { name: shop }
spec:
  namespace: shop
  environments:
    staging: { overlay: [{ match: { name: chat }, image: 'registry.example.com/chat:v2' }] }
    production:
      namespace: live
      policies: { unapprovedModel: off }
      overlay:
        - match: { name: chat }
          image: registry.example.com/chat:v1 # since June
          replicas: 2
`

const endpoint = (spec: string) => `apiVersion: slipway.dev/v1alpha1
kind: Endpoint
metadata: { name: chat }
spec:
  resources: { cpu: 1, memory: 1Gi }
${spec}`

const MODELS = `apiVersion: slipway.dev/v1alpha1
kind: ModelCatalogue
metadata: { name: models }
spec:
  models:
    phi: { uri: 'hf://org/phi', jobType: generation, family: phi, status: approved }
    llama: { uri: 'hf://org/llama', jobType: generation, family: llama, status: approved }
`

async function promote(
  t: ExecutionContext,
  { files, spec }: { files: Record<string, string>; spec: object },
) {
  const folder = at(aFolder(t))
  folder.write({ 'slipway.yaml': PROJECT, ...files })
  const source = openFolder(folder.directory)
  const text = new TextDecoder().decode(await source.read('slipway.yaml'))
  const fieldsFor = (target: Endpoint) =>
    versionOf({ source: { spec } as Pick<Endpoint, 'spec'>, image: IMAGE, target, named: [] })
      .fields
  const target = { directory: folder.directory, choice: { environment: 'production' }, source }
  return { before: text, ...(await writeVersion(target, { text, endpoint: 'chat', fieldsFor })) }
}

test('G2 · the image goes into the entry of the target, and no other line changes', async t => {
  const {
    text,
    text: before,
    fields,
  } = await promote(t, {
    files: { 'endpoints/chat.yaml': endpoint('') },
    spec: {},
  })
  t.is(text, before.replace('registry.example.com/chat:v1', IMAGE))
  t.true(text.includes(`          image: ${IMAGE} # since June\n          replicas: 2\n`))
  t.deepEqual(fields, [{ path: ['image'], value: IMAGE }])
})

test('G2 · of a model in the catalogue its reference is written, and not what follows from it', async t => {
  const files = {
    'models.yaml': MODELS,
    'slipway.yaml': PROJECT.replace('          replicas: 2', '          model: { ref: phi }'),
    'endpoints/chat.yaml': endpoint('  serves: generation\n'),
  }
  const { text, fields } = await promote(t, {
    files,
    spec: {
      model: { ref: 'llama', uri: 'hf://org/llama', jobType: 'generation', family: 'llama' },
    },
  })
  t.deepEqual(
    fields.map(({ path }) => path.join('.')),
    ['image', 'model.ref'],
  )
  t.regex(text, /model: \{ ref: llama \}/)
})

test('G2 · where the endpoint’s own file says it, both lines are named and nothing is written', async t => {
  const files = { 'endpoints/chat.yaml': endpoint('  image: registry.example.com/chat:v1\n') }
  const error = await t.throwsAsync(promote(t, { files, spec: {} }), { instanceOf: SlipwayError })
  const [problem] = error?.problems ?? []
  t.is(problem?.code, 'overlay-overridden')
  t.is(problem?.severity, 'error')
  t.is(
    problem?.message,
    'image of chat cannot be promoted to production: endpoints/chat.yaml:6:3 takes precedence over slipway.yaml:13:11, where it would be written',
  )
  t.deepEqual(problem?.place, { file: 'endpoints/chat.yaml', line: 6, column: 3 })
  t.regex(problem?.remedy ?? '', /^Remove image from endpoints\/chat\.yaml/)
})
