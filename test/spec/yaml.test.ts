import test from 'ava'
import { parseAllDocuments } from 'yaml'
import { decode } from '../../src/spec/yaml/decode.ts'
import { nodeAt } from '../../src/spec/yaml/node.ts'
import { parseYaml } from '../../src/spec/yaml/parse.ts'

async function valuesOf(text: string): Promise<unknown[]> {
  const { documents, findings } = await parseYaml(text)
  if (findings.length > 0) throw new Error(JSON.stringify(findings))
  return documents.map(document => document.value)
}

const TEXTS: Record<string, string> = {
  'block and flow': 'a:\n  b: [1, {c: d}]\n  "e f": \'g\'\n',
  'several documents': 'a: 1\n---\nb: 2\n...\n---\nc: 3\n',
  'scalars of the core schema':
    '[~, null, "", true, False, yes, on, 1, -2, +3, 0x1F, 1.5, .5, 1e3, -.inf, 1_000, 12:30]',
  'texts that look like others': '["1", \'true\', 2026-11-21, 1.2.3, 0.16.0, a-b, "~"]',
  'block scalars': 'a: |\n  one\n  two\nb: >-\n  one\n  two\n',
  'plain text over lines': 'a: one\n  two\n\n  three\nb: "x\n  y"\n',
  'anchors and aliases': 'a: &x {b: [1]}\nc: *x\nd: [*x, &y 1, *y]\n',
  'keys that are no words': '1: a\ntrue: b\n2.5: c\n"4": d\n',
  'empty values': 'a:\nb: \nc: {d: , e: f}\nf: [g, ]\n',
  'compact lists': '- a\n- - b\n  - c\n- d: e\n  f: g\n',
  comments: '# x\na: 1 # y\n# z\nb: "#"\n',
  'line ends of Windows': 'a: 1\r\nb:\r\n  - c\r\n',
  'explicit keys': '? a\n: b\n? c\n',
  'core tags': 'a: !!str 1\nb: !!int "2"\nc: !!map {d: e}\n',
  escapes: 'a: "\\u00e9\\n\\x41"\nb: é😀\n',
}

for (const [title, text] of Object.entries(TEXTS)) {
  test(`R8 · reads ${title} as the yaml package does`, async t => {
    const documents = [...parseAllDocuments(text, { stringKeys: false })]
    t.deepEqual(
      documents.flatMap(({ errors }) => errors),
      [],
    )
    const expected = documents.map(document => document.toJS() as unknown)
    t.deepEqual(await valuesOf(text), expected)
  })
}

test('R8 · merge keys: own entries, then earlier maps', async t => {
  const text = 'a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc: {<<: [*a, *b], x: 3}\nd: {<<: *b}\n'
  const [value] = await valuesOf(text)
  t.deepEqual(value, {
    a: { x: 1, y: 1 },
    b: { y: 2, z: 2 },
    c: { x: 3, y: 1, z: 2 },
    d: { y: 2, z: 2 },
  })
})

test('R8 · documents that say nothing are left out', async t => {
  t.deepEqual(await valuesOf('---\n# nothing\n---\na: 1\n---\n~\n'), [{ a: 1 }])
  t.deepEqual(await valuesOf(''), [])
})

test('R8 · a value is found by its path, through aliases too', async t => {
  const text = 'a: &x\n  b: [1, 2]\nc: *x\n'
  const { documents } = await parseYaml(text)
  const [root] = documents
  t.is(root && nodeAt(root, ['c', 'b', 1])?.start, text.indexOf('2'))
  t.is(root && nodeAt(root, ['c'])?.start, text.indexOf('*x'))
})

test('R8 · aliases may be many, as long as they stand for little', async t => {
  const text = `a: &a [1, 2, 3]\nb: [${Array.from({ length: 1000 }, () => '*a').join(', ')}]\n`
  const { findings } = await parseYaml(text)
  t.deepEqual(findings, [])
})

test('R8 · an alias bomb is found before it unfolds', async t => {
  const levels = Array.from({ length: 40 }, (_, level) => {
    const inside = level === 0 ? 'x, x' : `*l${level - 1}, *l${level - 1}`
    return `l${level}: &l${level} [${inside}]`
  })
  const { findings } = await parseYaml(levels.join('\n'))
  t.is(findings.length, 1)
  t.is(findings[0]?.code, 'yaml-alias')
})

test('R8 · merges of merges do not unfold either', async t => {
  const levels = Array.from({ length: 30 }, (_, level) => {
    if (level === 0) return 'l0: &l0 {a: 1, b: 2, c: 3}'
    const before = `*l${level - 1}`
    return `l${level}: &l${level} {<<: [${before}, ${before}, ${before}]}`
  })
  const { findings } = await parseYaml(levels.join('\n'))
  t.deepEqual(
    findings.map(({ code }) => code),
    ['yaml-alias'],
  )
})

test('R8 · nesting costs no stack', async t => {
  for (const text of [
    '['.repeat(200_000),
    '- '.repeat(200_000),
    '{a: '.repeat(100_000),
    '? '.repeat(100_000),
  ]) {
    const { findings } = await parseYaml(text)
    t.is(findings.length, 1)
    t.is(findings[0]?.code, 'yaml-too-large')
  }
})

const bytes = (...parts: (string | number[])[]) =>
  new Uint8Array(
    parts.flatMap(part => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part)),
  )

test('R8 · a byte order mark is no part of the text', t => {
  t.is(decode(bytes([0xef, 0xbb, 0xbf], 'a: 1')).text, 'a: 1')
})

const notUtf8 = test.macro((t, content: Uint8Array, offset: number, byte: string) => {
  const { findings } = decode(content)
  t.deepEqual(
    findings.map(({ code, offset: at }) => [code, at]),
    [['yaml-encoding', offset]],
  )
  t.true(findings[0]?.message.includes(byte), findings[0]?.message)
})

test(
  'R8 · Latin-1 is named with its byte and place',
  notUtf8,
  bytes('a: ', [0xe9], '\n'),
  3,
  '0xE9',
)
test('R8 · a character cut off at the end', notUtf8, bytes('a: é', [0xf0, 0x9f]), 4, '0xF0')
test('R8 · a stray continuation byte after others', notUtf8, bytes('é😀', [0x80], 'x'), 3, '0x80')
test('R8 · an overlong form', notUtf8, bytes('ab', [0xc0, 0xaf]), 2, '0xC0')
test('R8 · UTF-16', notUtf8, bytes([0xff, 0xfe, 0x61, 0]), 0, 'UTF-16')

test('R8 · a file of more than 1 MiB is refused unread', t => {
  t.is(decode(new Uint8Array(1024 * 1024 + 1)).findings[0]?.code, 'yaml-too-large')
  t.deepEqual(decode(new Uint8Array(1024 * 1024).fill(0x20)).findings, [])
})
