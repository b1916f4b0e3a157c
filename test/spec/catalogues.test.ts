import test from 'ava'
import {
  catalogueFile,
  endpointFile,
  load,
  loadChat,
  problemText,
  projectFile,
  type Files,
} from './support.ts'

const IMAGES = catalogueFile(
  'ImageCatalogue',
  `
generation:
  gpu: registry.example.com/vllm:0.6.0
  limits: {concurrentRequests: {arg: --max-num-seqs}, outputTokens: {env: MAX_OUTPUT}}
rag:
  cpu: registry.example.com/embed-cpu:1.0.0
  gpu: registry.example.com/embed-gpu:1.0.0
ranking:
  fallback: rag
  limits: {concurrentRequests: {env: NEVER_USED}}
scoring:
  fallback: ranking`,
)

const MODELS = catalogueFile(
  'ModelCatalogue',
  `
good: {family: llama, jobType: FINE_TUNING, uri: s3://models/good, status: approved}
draft: {uri: s3://models/draft, status: pending}
old: {uri: s3://models/old, status: retired}`,
)

const image = test.macro(async (t, spec: string, expected: string) => {
  const files = { 'images.yaml': IMAGES, 'endpoints/chat.yaml': endpointFile(spec) }
  t.is((await loadChat(t, files)).spec.image, expected)
})

test(
  'R11 · with GPUs, the GPU image',
  image,
  'serves: rag\nresources: {gpus: 1}',
  'registry.example.com/embed-gpu:1.0.0',
)
test('R11 · without, the CPU image', image, 'serves: rag', 'registry.example.com/embed-cpu:1.0.0')
test(
  'R11 · an explicit image wins',
  image,
  'serves: rag\nimage: registry.example.com/own:1.0.0',
  'registry.example.com/own:1.0.0',
)

test('R11 · an image of the project’s defaults wins too', async t => {
  const chat = await loadChat(t, {
    'slipway.yaml': projectFile({ spec: 'defaults: {image: "registry.example.com/all:1.0.0"}' }),
    'images.yaml': IMAGES,
    'endpoints/chat.yaml': endpointFile('serves: rag'),
  })
  t.is(chat.spec.image, 'registry.example.com/all:1.0.0')
})

test('R11 · a fallback is used where the catalogue names one, and reported', async t => {
  const { value, problems } = await load({
    'images.yaml': IMAGES,
    'endpoints/chat.yaml': endpointFile('serves: ranking'),
  })
  t.is(value?.endpoints[0]?.spec.image, 'registry.example.com/embed-cpu:1.0.0')
  t.deepEqual(problems.map(problemText), [
    'endpoints/chat.yaml:5:3 warning catalogue: "ranking" has no cpu image in the catalogue; its fallback "rag" gives registry.example.com/embed-cpu:1.0.0',
  ])
})

/** Exactly one problem; nothing in `files` repeats the defaults here. */
const problem = test.macro(async (t, files: Files, expected: string) => {
  const { problems } = await load({ 'images.yaml': IMAGES, 'models.yaml': MODELS, ...files })
  t.deepEqual(problems.map(problemText), [expected])
})

const own = (spec: string) => ({
  'endpoints/chat.yaml': endpointFile(`image: registry.example.com/chat:v1\n${spec}`),
})
const withPolicy = (policy: string, spec: string) => ({
  ...own(spec),
  'slipway.yaml': projectFile({ environment: `policies: {missingRequests: off, ${policy}}` }),
})

test(
  'R11 · fallbacks are not followed further',
  problem,
  { 'endpoints/chat.yaml': endpointFile('serves: scoring') },
  'endpoints/chat.yaml:4:1 error image-not-found: spec.image is missing, and "scoring" in images.yaml has no cpu image, nor does its fallback "ranking"',
)
test(
  'R9 · a pending model fails',
  problem,
  own('model: {ref: draft}'),
  'endpoints/chat.yaml:6:11 error model-not-approved: the model "draft" is pending, not approved',
)
test(
  'R9 · a retired model fails',
  problem,
  own('model: {ref: old}'),
  'endpoints/chat.yaml:6:11 error model-not-approved: the model "old" is retired, not approved',
)
test(
  'R9 · an environment may only warn',
  problem,
  withPolicy('unapprovedModel: warn', 'model: {ref: draft}'),
  'endpoints/chat.yaml:6:11 warning model-not-approved: the model "draft" is pending, not approved',
)
test(
  'R9 · a model that the project’s defaults name is checked as well',
  problem,
  { ...own(''), 'slipway.yaml': projectFile({ spec: 'defaults: {model: {ref: draft}}' }) },
  'slipway.yaml:5:22 error model-not-approved: the model "draft" is pending, not approved',
)
test(
  'R9 · without a catalogue a reference is an error',
  problem,
  { ...own('model: {ref: good}'), 'models.yaml': '' },
  'models.yaml:1:1 error document-kind: the file holds no document',
)
test(
  'R11 · a moving tag warns',
  problem,
  {
    'endpoints/chat.yaml': endpointFile('image: registry.example.com:5000/chat'),
    'slipway.yaml': projectFile({ environment: 'policies: {missingRequests: off}' }),
  },
  'endpoints/chat.yaml:5:3 warning policy: the image registry.example.com:5000/chat has no tag, which means latest, and that may become another image',
)
test(
  'R11 · or fails, where the environment says so',
  problem,
  {
    ...withPolicy('mutableTag: error', ''),
    'endpoints/chat.yaml': endpointFile('image: registry.example.com/chat:main'),
  },
  'endpoints/chat.yaml:5:3 error policy: the image registry.example.com/chat:main has the tag main, and that may become another image',
)
test(
  'R12 · requests that are missing are named',
  problem,
  {
    ...own('resources: {cpu: 1}'),
    'slipway.yaml': projectFile({ environment: 'policies: {mutableTag: off}' }),
  },
  'endpoints/chat.yaml:6:3 warning policy: chat requests no memory',
)
test(
  'R7 · a limit that nobody tells the image is reported',
  problem,
  own('serves: generation\nlimits: {inputTokens: 4096}'),
  'endpoints/chat.yaml:7:12 warning catalogue: spec.limits.inputTokens has no effect: images.yaml does not say how to pass it to "generation"',
)
test(
  'R7 · a limit that env contradicts is an error',
  problem,
  own('serves: generation\nlimits: {outputTokens: 10}\nenv: {MAX_OUTPUT: 20}'),
  'endpoints/chat.yaml:8:9 error contradiction: spec.env.MAX_OUTPUT says 20 where spec.limits.outputTokens says 10',
)

test('R9 · policies off say nothing', async t => {
  const { problems } = await load({
    ...withPolicy('unapprovedModel: off, mutableTag: off', 'model: {ref: draft}'),
    'models.yaml': MODELS,
  })
  t.deepEqual(problems, [])
})

test('R9 · fields of the model come from the catalogue when left out', async t => {
  const chat = await loadChat(t, {
    ...own('model: {ref: good, jobType: RAG_TUNING}'),
    'models.yaml': MODELS,
  })
  t.deepEqual(chat.spec.model, {
    ref: 'good',
    family: 'llama',
    uri: 's3://models/good',
    jobType: 'RAG_TUNING',
  })
})

test('R7 · limits become the arguments and variables that the catalogue names', async t => {
  const chat = await loadChat(t, {
    'images.yaml': IMAGES,
    'endpoints/chat.yaml': endpointFile(
      'serves: generation\nresources: {gpus: 1}\nargs: [--verbose]\nlimits: {concurrentRequests: 256, outputTokens: 1024}',
    ),
  })
  t.deepEqual(chat.spec.args, ['--verbose', '--max-num-seqs=256'])
  t.deepEqual(chat.spec.env, { MAX_OUTPUT: '1024' })
})

for (const args of ['[--max-num-seqs=256]', '[--max-num-seqs, "256"]']) {
  test(`R7 · a limit that args ${args} say alike is not said twice`, async t => {
    const chat = await loadChat(t, {
      'images.yaml': IMAGES,
      ...own(
        `serves: generation\nresources: {gpus: 1}\nargs: ${args}\nlimits: {concurrentRequests: 256}`,
      ),
    })
    t.false(chat.spec.args?.slice(2).includes('--max-num-seqs=256'))
    t.is(chat.spec.args?.join(' ').match(/max-num-seqs/g)?.length, 1)
  })
}

test('R11 · the limits of an image from a fallback are told as the fallback says', async t => {
  const { value } = await load({
    'images.yaml': IMAGES,
    'endpoints/chat.yaml': endpointFile('serves: ranking\nlimits: {concurrentRequests: 8}'),
  })
  t.is(value?.endpoints[0]?.spec.env, undefined)
})

test('R9 · a catalogue is found under its usual name, without being named', async t => {
  const { problems } = await load(own('model: {ref: good}'))
  t.is(problems[0]?.message, 'spec.model.ref names "good", but the project has no model catalogue')
  t.deepEqual((await load({ ...own('model: {ref: good}'), 'models.yaml': MODELS })).problems, [])
})
