import test from 'ava'
import { cleanLine, cleanText } from '../../src/foreign/index.ts'

/** Code points that no eye sees: every one that is in a class of Unicode, so that none is forgotten. */
const UNSEEN = /^[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]$/u

test('S3 · no character that steers or hides text passes', t => {
  const unseen = Array.from({ length: 0x11_00_00 }, (_, code) => code)
    .filter(code => code < 0xd8_00 || code > 0xdf_ff)
    .map(code => String.fromCodePoint(code))
    .filter(character => UNSEEN.test(character))
  t.true(unseen.length > 4000)
  const passing = unseen.filter(each => !/^[\t\n]$/.test(each) && /b/.test(cleanText(`a${each}b`)))
  const wrong = passing.filter(each => !['ab', 'a\nb'].includes(cleanText(`a${each}b`)))
  t.deepEqual(
    wrong.map(each => each.codePointAt(0)?.toString(16)),
    [],
  )
})

for (const [name, text] of [
  ['the Arabic letter mark', '\u061C'],
  ['a zero-width space', '\u200B'],
  ['a zero-width joiner between Latin letters', '\u200D'],
  ['a soft hyphen', '\u00AD'],
  ['a byte order mark', '\uFEFF'],
  ['tag characters', '\u{E0041}\u{E007F}'],
  ['a variation selector without an emoji', '\uFE0F'],
  ['variation selectors that carry data', '\u{E0100}\u{E0101}'],
  ['a Hangul filler', '\u3164'],
  ['an isolate', '\u2066\u2069'],
  ['a control character of eight bits', '\u009B31m'],
  ['half a character', '\uD83D'],
] as const)
  test(`S3 · removed: ${name}`, t => t.is(cleanText(`pay${text}pal`), 'paypal'))

for (const text of ['👩‍💻 ❤️ 1️⃣ 👍🏽 👩🏽‍🚀', 'می‌خواهم', 'क्‍ष', 'naïve Zürich 東京', '→ ✓ … ⚠️'])
  test(`text that people write stays: ${text}`, t => t.is(cleanText(text), text))

test('whatever breaks a line breaks one line', t => {
  t.is(cleanText('a\r\nb\rc\u2028d\u2029e'), 'a\nb\nc\nd\ne')
  t.is(cleanLine('a\r\n  b\rc\u2028d'), 'a b c d')
})

test('a section of a GitLab log cannot be opened', t => {
  const hostile = '\u001B[0Ksection_start:1700000000:fake[collapsed=true]\r\u001B[0Khidden'
  t.is(cleanText(hostile), 'section_start:1700000000:fake[collapsed=true]\nhidden')
})
