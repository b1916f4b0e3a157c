import { toYamlText } from '../../src/object/index.ts'
import test from 'ava'
import * as fc from 'fast-check'
import { parse, parseAllDocuments } from 'yaml'
import { renderSet, toJson, toYaml } from '../../src/render/index.ts'
import { anEndpoint, aSet } from '../support/endpoint.ts'

const TRICKY = [
  ['yes', 'No', 'on', 'y', '~', 'null', 'True', '.inf', '-.INF', '.NaN', '<<', '=', '?', '? a'],
  ['1', '0o7', '0x1F', '0b1', '1:30', '190:20:30', '1_000', '1e3', '1.', '.5', '+1', '2001-01-01'],
  ['a: b', 'a:', 'a #b', '#', '- a', '--a', '-a', '---', '...', '!t', '&a', '*a', '%', '@', '`'],
  ['', ' ', 'a ', ' a', 'a  b', 'a\tb', '\u0085', 'a\u2028b', '\uFEFF', 'a\r\nb', '32Gi', '70%'],
  ['a\nb', 'a\nb\n', 'a\n\n', '\n', 'a \nb', ' a\nb', 'a\n b', 'a\n\tb', 'x: y\nz', 'a\n\nb'],
].flat()
const pieces = fc.array(fc.constantFrom('a', ' ', '\n', ':', '#', '-', '1', '\t', '"', "'", '\\'), {
  maxLength: 8,
})
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...TRICKY),
  pieces.map(list => list.join('')),
)
const { value } = fc.letrec(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}))

test('every value is read back as it was, by YAML 1.1 (kubectl) and 1.2', t => {
  fc.assert(
    fc.property(value, expected => {
      const printed = toYamlText(expected)
      for (const version of ['1.1', '1.2'] as const) {
        t.deepEqual(parse(printed, { version, merge: false, uniqueKeys: false }), expected)
      }
    }),
    { numRuns: 500 },
  )
})

test('text stays readable: no quotes where none are needed, lines stay lines', t => {
  const readable = {
    image: 'registry.example.com/vllm:0.6.0@sha256:0a1b',
    memory: '32Gi',
    cpu: '4',
    note: 'two words',
    script: 'set -e\n  serve\n',
    list: [{ a: 1, b: [true] }, {}, []],
  }
  t.is(
    toYamlText(readable),
    `image: registry.example.com/vllm:0.6.0@sha256:0a1b
memory: 32Gi
cpu: "4"
note: two words
script: |
  set -e
    serve
list:
  - a: 1
    b:
      - true
  - {}
  - []
`,
  )
})

const { objects } = renderSet(
  aSet([anEndpoint(), anEndpoint({ runtime: 'kserve' }, { name: 'rank' })]),
)

test('toYaml is one stream of all objects', t => {
  const documents = parseAllDocuments(toYaml(objects)).map(document => document.toJS() as unknown)
  t.deepEqual(
    documents,
    objects.map(({ object }) => object),
  )
  t.is(toYaml([]), '')
})

test('toJson is a List', t => {
  const list = JSON.parse(toJson(objects)) as { kind: string; items: unknown[] }
  t.is(list.kind, 'List')
  t.deepEqual(
    list.items,
    objects.map(({ object }) => object),
  )
})
