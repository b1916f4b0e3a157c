import test from 'ava'
import fc from 'fast-check'
import { disarm, toSafeJson, withoutSkip } from '../../src/foreign/index.ts'
import { commandsIn } from '../support/runner-log.ts'

for (const text of [
  '::error::x',
  '  ::add-mask::x',
  '\u00A0\u3000::set-output name=a::b',
  'a\n\t::stop-commands::token',
  'pulling ##[error]x',
  '###[group]x',
  '##[add-path]/tmp',
  '##vso[task.setvariable variable=a]b',
])
  test(`S3 · no command to a runner: ${JSON.stringify(text)}`, t => {
    t.not(commandsIn(text).length, 0)
    t.deepEqual(commandsIn(disarm(text)), [])
    t.is(disarm(text).replaceAll(' ', ''), text.replaceAll(' ', ''))
  })

for (const text of ['std::vector', 'a ## b', 'issue #[1]', 'http://[::1]:8080', '## heading'])
  test(`no command, and left as it is: ${text}`, t => t.is(disarm(text), text))

const piece = fc.constantFrom(
  '#',
  '##',
  '[',
  ']',
  ':',
  '::',
  'error',
  ' ',
  '\n',
  '\t',
  'vso',
  '\u00A0',
)
const pieces = fc.array(piece, { maxLength: 20 }).map(list => list.join(''))

test('S3 · no text is a command once it is disarmed', t => {
  fc.assert(fc.property(pieces, text => commandsIn(disarm(text)).length === 0))
  t.pass()
})

test('S3 · JSON hides nothing, commands nothing, and loses nothing', t => {
  const character = fc.oneof(fc.string({ unit: 'binary' }), pieces)
  const value = fc.dictionary(character, character, { noNullPrototype: true })
  fc.assert(
    fc.property(value, expected => {
      for (const indent of [undefined, 2]) {
        const text = toSafeJson(expected, indent)
        t.deepEqual(JSON.parse(text), expected)
        t.deepEqual(commandsIn(text), [])
        t.notRegex(
          text,
          /[\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\u007F-\u009F\u2028\u2029]/u,
        )
      }
    }),
  )
})

for (const [word, without] of [
  ['Fix the port [skip ci]', 'Fix the port (skip ci)'],
  ['Revert "x [ci skip]"', 'Revert "x (ci skip)"'],
  ['[no ci] [Skip Actions] [actions skip]', '(no ci) (Skip Actions) (actions skip)'],
  ['a ***NO_CI***', 'a (NO_CI)'],
  ['a\n\n\nskip-checks: true', 'a\n\n\nskip-checks : true'],
] as const)
  test(`S3 · a commit that quotes others is not passed over by pipelines: ${JSON.stringify(word)}`, t =>
    t.is(withoutSkip(word), without))

for (const word of ['[skip list]', 'skip ci', '[chat] no ci', 'image a[ci]'])
  test(`the message stays as it is: ${word}`, t => t.is(withoutSkip(word), word))
