import test from 'ava'
import { SlipwayError } from '../../src/problem/index.ts'
import { setOverlay } from '../../src/spec/index.ts'

/** slipway.yaml is edited as a person would: one line more or another value, and no byte else. */

const IMAGE = { path: ['image'], value: 'registry.example.com/chat:v2@sha256:ab' }
const WRITTEN = 'image: registry.example.com/chat:v2@sha256:ab'

const project = (production: string) => `# The shop.
spec:
  environments:
    staging: { namespace: staging }
    production:${production}
  groups: { live: [production] } # both
`

const CASES: [name: string, before: string, after: string][] = [
  [
    'no overlay',
    '\n      namespace: live',
    `\n      namespace: live\n      overlay:\n        - match: { name: chat }\n          ${WRITTEN}`,
  ],
  [
    'no overlay, in braces',
    ' { namespace: live }',
    ` { namespace: live, overlay: [ { match: { name: chat }, ${WRITTEN} } ] }`,
  ],
  ['an empty environment', ' {}', ` { overlay: [ { match: { name: chat }, ${WRITTEN} } ] }`],
  [
    'an entry with another image, and a comment behind it',
    "\n      overlay:\n        - match: { name: chat }\n          image: 'registry.example.com/chat:v1' # since June\n          replicas: 2",
    `\n      overlay:\n        - match: { name: chat }\n          ${WRITTEN} # since June\n          replicas: 2`,
  ],
  [
    'an entry without an image',
    '\n      overlay:\n        - match: { name: [chat] }\n          replicas: 2 # two\n        - env: { A: b }',
    `\n      overlay:\n        - match: { name: [chat] }\n          replicas: 2 # two\n          ${WRITTEN}\n        - env: { A: b }`,
  ],
  [
    'an entry in braces',
    " {overlay: [{match: {name: chat}, image: 'chat:1'}]}",
    ` {overlay: [{match: {name: chat}, ${WRITTEN}}]}`,
  ],
  [
    'entries of others only',
    '\n      overlay:\n        # For all.\n        - env: { A: b }\n        - match: { name: rag }\n          image: rag:1',
    `\n      overlay:\n        # For all.\n        - env: { A: b }\n        - match: { name: rag }\n          image: rag:1\n        - match: { name: chat }\n          ${WRITTEN}`,
  ],
  [
    'an entry that several share',
    '\n      overlay:\n        - match: { name: [chat, rag] }\n          image: both:1',
    `\n      overlay:\n        - match: { name: [chat, rag] }\n          image: both:1\n        - match: { name: chat }\n          ${WRITTEN}`,
  ],
  [
    'an entry before a stronger one',
    '\n      overlay:\n        - match: { name: chat }\n          replicas: 2\n        - match: { serves: generation }\n          image: all:1',
    `\n      overlay:\n        - match: { name: chat }\n          replicas: 2\n        - match: { serves: generation }\n          image: all:1\n        - match: { name: chat }\n          ${WRITTEN}`,
  ],
]

for (const [name, before, after] of CASES) {
  test(`G2 · an overlay with ${name}`, async t => {
    const change = { environment: 'production', endpoint: 'chat', fields: [IMAGE] }
    t.is(await setOverlay(project(before), change), project(after))
    t.is(await setOverlay(project(after), change), project(after), 'twice')
  })
}

test('G2 · nested fields, lists and null go into the same entry; text is quoted where it must be', async t => {
  const before = project(
    '\n      overlay:\n        - match: { name: chat }\n          model: { ref: a }\n          args:\n            - --x\n            - --y\n          env:\n            A: b',
  )
  const fields = [
    { path: ['model', 'uri'], value: 'hf://org/model, new' },
    { path: ['model', 'ref'], value: null },
    { path: ['args'], value: ['--x', '--max-len=8192', 'a: b'] },
    { path: ['env', 'C'], value: 'yes' },
  ]
  const after = await setOverlay(before, { environment: 'production', endpoint: 'chat', fields })
  const wanted = project(
    '\n      overlay:\n        - match: { name: chat }\n          model: { ref: null, uri: "hf://org/model, new" }\n          args: [ --x, --max-len=8192, "a: b" ]\n          env:\n            A: b\n            C: yes',
  )
  t.is(after.replaceAll("'", '"'), wanted.replaceAll("'", '"'))
})

test('G2 · what cannot be written by machine is said, with what to write', async t => {
  const before = project(' &p\n      namespace: live\n      overlay: *other')
  const change = { environment: 'production', endpoint: 'chat', fields: [IMAGE] }
  const error = await t.throwsAsync(setOverlay(before, change), { instanceOf: SlipwayError })
  t.is(error?.problems[0]?.code, 'not-promoted')
  t.regex(error?.problems[0]?.remedy ?? '', /by hand, in the entry for chat: image: "registry/)
})
