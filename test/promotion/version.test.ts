import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { runningImage } from '../../src/promotion/image.ts'
import { versionOf } from '../../src/promotion/version.ts'
import type { Endpoint } from '../../src/spec/index.ts'

/** What is of a version goes along; what is of an environment stays. */

const DIGEST = `sha256:${'ab'.repeat(32)}`
const OTHER = `sha256:${'cd'.repeat(32)}`
const TAG = 'registry.example.com/chat:v2'
const PINNED = `${TAG}@${DIGEST}`

const pod = (imageID: string | undefined, extra: object[] = []): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'chat-1', namespace: 'x' },
  spec: {
    containers: [
      { name: 'server', image: TAG },
      { name: 'proxy', image: 'proxy:1' },
    ],
  },
  status: { containerStatuses: [...extra, { name: 'server', image: TAG, imageID }] },
})

const IMAGES: [what: string, image: string | undefined, pods: KubeObject[], expected: object][] = [
  ['named by digest', PINNED, [], { state: 'pinned', image: PINNED }],
  ['pulled', TAG, [pod(`registry.example.com/chat@${DIGEST}`)], { state: 'pinned', image: PINNED }],
  [
    'pulled by Docker',
    TAG,
    [pod(`docker-pullable://registry.example.com/chat@${DIGEST}`)],
    { state: 'pinned', image: PINNED },
  ],
  [
    'beside another container',
    TAG,
    [pod(`chat@${DIGEST}`, [{ name: 'proxy', imageID: `proxy@${OTHER}` }])],
    { state: 'pinned', image: PINNED },
  ],
  ['a local image', TAG, [pod(DIGEST)], { state: 'unknown' }],
  ['no word of it', TAG, [pod('')], { state: 'unknown' }],
  ['one pod does not say', TAG, [pod(`chat@${DIGEST}`), pod(undefined)], { state: 'unknown' }],
  ['no pods', TAG, [], { state: 'unknown' }],
  ['no image', undefined, [], { state: 'unknown' }],
  [
    'a tag that was moved',
    TAG,
    [pod(`chat@${DIGEST}`), pod(`chat@${OTHER}`)],
    { state: 'mixed', images: [PINNED, `${TAG}@${OTHER}`] },
  ],
]

for (const [what, image, pods, expected] of IMAGES) {
  test(`G2 · the image that runs: ${what}`, t => {
    t.deepEqual(runningImage(image, pods) as object, expected)
  })
}

const endpoint = (spec: object) => ({ spec }) as Pick<Endpoint, 'spec'>

const changed = (source: object, target: object, named: string[][] = []) => {
  const { fields, stays } = versionOf({
    source: endpoint(source),
    image: PINNED,
    target: endpoint(target),
    named,
  })
  return {
    fields: Object.fromEntries(fields.map(({ path, value }) => [path.join('.'), value])),
    stays,
  }
}

test('G2 · image and model are of a version; what the target has already is not said again', t => {
  const model = { ref: 'llama', uri: 'hf://a/b' }
  t.deepEqual(
    changed({ image: TAG, model }, { image: 'old', model: { ref: 'phi', uri: 'hf://a/b' } }),
    {
      fields: { image: PINNED, 'model.ref': 'llama' },
      stays: [],
    },
  )
  t.deepEqual(changed({ image: TAG, model }, { image: PINNED, model }), { fields: {}, stays: [] })
})

test('G2 · what only the target says of the model is taken back', t => {
  const { fields } = changed(
    { model: { uri: 'hf://a/b' } },
    { model: { ref: 'llama', uri: 'hf://c/d' } },
  )
  t.deepEqual(fields, { image: PINNED, 'model.uri': 'hf://a/b', 'model.ref': null })
})

test('G2 · settings go along where the overlay of the source names the endpoint; replicas and GPUs stay', t => {
  const source = {
    args: ['--max-len=8192'],
    env: { LOG_LEVEL: 'debug', MAX_LEN: '8192' },
    loadTime: 600,
    replicas: 1,
    resources: { gpus: 1 },
  }
  const target = {
    args: ['--max-len=4096'],
    env: { LOG_LEVEL: 'info' },
    loadTime: 300,
    replicas: 4,
    resources: { gpus: 1 },
  }
  const named = [['args'], ['env', 'MAX_LEN'], ['replicas'], ['resources', 'gpus']]
  t.deepEqual(changed(source, target, named), {
    fields: { image: PINNED, args: ['--max-len=8192'], 'env.MAX_LEN': '8192' },
    stays: ['replicas'],
  })
})
