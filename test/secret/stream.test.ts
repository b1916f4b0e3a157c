import test from 'ava'
import { maskStream } from '../../src/secret/index.ts'

const TOKEN = `hf_${'a1B2'.repeat(6)}`
const BODY = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC'
const PEM = `-----BEGIN PRIVATE KEY-----\n${BODY}\n${BODY}\n-----END PRIVATE KEY-----\n`

/** What is shown of a text that arrives in pieces. */
function shown(...pieces: (string | Buffer)[]): string[] {
  const said: string[] = []
  const stream = maskStream(text => said.push(text))
  for (const piece of pieces) stream.take(piece)
  stream.end()
  return said
}

test('S3 · a secret that arrives in two pieces is hidden', t => {
  for (let cut = 1; cut < TOKEN.length; cut++) {
    const text = shown(`using ${TOKEN.slice(0, cut)}`, `${TOKEN.slice(cut)} now\n`).join('')
    t.is(text, 'using (hidden) now\n', String(cut))
  }
})

test('S3 · a key of several lines is hidden, however it arrives, and when it breaks off', t => {
  for (const size of [1, 7, 40, 1000]) {
    const text = `before\n${PEM}after\n`
    const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []
    t.is(shown(...pieces).join(''), 'before\n(hidden)\nafter\n', String(size))
  }
  t.false(shown(PEM.slice(0, 60)).join('').includes(BODY.slice(0, 8)))
})

test('S3 · a whole line is shown at once, the rest at the end', t => {
  const said: string[] = []
  const stream = maskStream(text => said.push(text))
  stream.take('Open https://example.com/device ')
  t.deepEqual(said, [])
  stream.take('and enter ABCD\nwaiting')
  t.deepEqual(said, ['Open https://example.com/device and enter ABCD\n'])
  stream.end()
  t.deepEqual(said.at(-1), 'waiting')
})

test('S3 · a character of several bytes may be cut', t => {
  const bytes = Buffer.from('Grüße\n')
  t.deepEqual(shown(bytes.subarray(0, 3), bytes.subarray(3)), ['Grüße\n'])
})

test('S3 · what never ends is not kept for ever', t => {
  const text = shown(...Array.from({ length: 100 }, () => 'x'.repeat(10_000))).join('')
  t.is(text.length, 1_000_000)
})
