import test from 'ava'
import fc from 'fast-check'
import { parseAllDocuments } from 'yaml'
import { SlipwayError } from '../../src/problem/index.ts'
import { completeEndpoint, type EndpointDocument } from '../../src/spec/index.ts'
import { renderSet } from '../../src/render/index.ts'
import { parseYaml } from '../../src/spec/yaml/parse.ts'
import { endpointFile, load } from './support.ts'
import { runs } from '../support/thorough.ts'

/** Seeded, so that a failure can be repeated. */
const RUNS = { seed: 20_261_121, numRuns: 500 }

const FULL = endpointFile(
  `
runtime: deployment
serves: generation
image: registry.example.com/vllm:0.6.0
args: ["--model", "/models/llama"]
env: {LOG_LEVEL: info, HF_TOKEN: {secret: hf, key: token}}
limits: {concurrentRequests: 256, inputTokens: 4096}
resources: {cpu: {request: 4, limit: 8}, memory: 32Gi, gpus: 1, gpuMemory: 80Gi}
scaling: {min: 1, max: 4, cpu: 70}
loadTime: 12m
probes: {path: /health, readiness: {period: 10s}, liveness: false}
shutdown: {gracePeriod: 120s, preStop: {sleep: 15s}}
ingress: {host: chat.example.com, tls: chat-tls}
volumes:
  - {name: models, pvc: models, mountPath: /models, readOnly: true}
smoke:
  - {post: /v1/completions, body: {prompt: hi}, expect: {status: 200, json: {choices: [{}]}}}
patches:
  - {target: {kind: Deployment}, merge: {spec: {revisionHistoryLimit: 3}}}`,
  '{name: chat, labels: {team: a}}',
)

const piece = fc.oneof(
  fc.constantFrom(
    '\t',
    '\n',
    ': ',
    '- ',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '&a ',
    '*a',
    '!x ',
    '<<: *a',
  ),
  fc.constantFrom(
    '---\n',
    '...\n',
    '%',
    '#',
    '|\n',
    '>\n',
    '? ',
    'null',
    '~',
    '0777',
    '.inf',
    '__proto__: ',
  ),
  fc.string({ maxLength: 8 }),
)

const edit = fc.record({ at: fc.nat(FULL.length), remove: fc.nat(20), insert: piece })

function mutate(text: string, edits: readonly { at: number; remove: number; insert: string }[]) {
  let result = text
  for (const { at, remove, insert } of edits) {
    result = result.slice(0, at) + insert + result.slice(at + remove)
  }
  return result
}

/** No input may take longer, of this thread's own time: a thousand endpoints load in a tenth of it. */
const PATIENCE_MS = 10_000

function ownMilliseconds(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

test.serial(
  'R8 · mutated specs give objects or problems with places, never a crash or a hang',
  async t => {
    t.timeout(170_000)
    const property = fc.asyncProperty(
      fc.array(edit, { minLength: 1, maxLength: 4 }),
      async edits => {
        const started = ownMilliseconds()
        const { value, problems } = await load({ 'endpoints/chat.yaml': mutate(FULL, edits) })
        if (value !== undefined) renderSet(value)
        const milliseconds = ownMilliseconds() - started
        if (milliseconds > PATIENCE_MS) throw new Error(`it took ${milliseconds} ms`)
        const errors = problems.filter(({ severity }) => severity === 'error')
        if (value === undefined && errors.length === 0)
          throw new Error('neither a set nor an error')
        for (const { place, message } of errors) {
          if (place === undefined || place.line < 1 || place.column < 1) throw new Error(message)
          if (/undefined|\[object|Invalid input/.test(message)) throw new Error(message)
        }
      },
    )
    await t.notThrowsAsync(fc.assert(property, { ...RUNS, numRuns: runs(10_000) }))
  },
)

test('R8 · any bytes are read or refused', async t => {
  const property = fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async bytes => {
    await load({ 'endpoints/chat.yaml': bytes, 'slipway.yaml': bytes })
    await load({ 'endpoints/chat.yaml': bytes })
  })
  await t.notThrowsAsync(fc.assert(property, RUNS))
})

test('R8 · what our reader takes, the yaml package reads alike', async t => {
  const property = fc.asyncProperty(fc.array(edit, { maxLength: 3 }), async edits => {
    const text = mutate(FULL, edits)
    const { documents, findings } = await parseYaml(text)
    const others = [...parseAllDocuments(text, { merge: true, logLevel: 'silent' })]
    if (findings.length > 0 || others.some(({ errors }) => errors.length > 0)) return
    const ours = documents.map(({ value }) => value)
    const theirs = others.map(other => other.toJS() as unknown).filter(value => value !== null)
    t.deepEqual(ours, theirs, text)
  })
  await fc.assert(property, RUNS)
})

test('R8 · any object is completed or refused with problems', t => {
  const property = fc.property(fc.object({ withNullPrototype: false }), spec => {
    const document = { ...HEAD, spec } as EndpointDocument
    try {
      completeEndpoint(document)
    } catch (error) {
      if (!(error instanceof SlipwayError) || error.problems.length === 0) throw error
    }
  })
  t.notThrows(() => fc.assert(property, RUNS))
})

const HEAD = {
  apiVersion: 'slipway.dev/v1alpha1',
  kind: 'Endpoint',
  metadata: { name: 'chat' },
}
