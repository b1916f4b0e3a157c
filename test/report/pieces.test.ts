import test from 'ava'
import { cleanLine, cleanText, quoteLines } from '../../src/report/clean.ts'
import { wantsColour } from '../../src/report/index.ts'
import { formatTable } from '../../src/report/text/table.ts'
import { painter } from '../../src/report/text/style.ts'
import { formatAge, formatSeconds, listOf, plural } from '../../src/words/index.ts'

const testSeconds = test.macro({
  exec: (t, seconds: number, text: string) => t.is(formatSeconds(seconds), text),
  title: (_, seconds: number, text: string) => `duration · ${seconds} is ${text}`,
})

test(testSeconds, 0, '0s')
test(testSeconds, 0.4, '0.4s')
test(testSeconds, 9.96, '10s')
test(testSeconds, 59, '59s')
test(testSeconds, 60, '1m')
test(testSeconds, 80, '1m 20s')
test(testSeconds, 3600, '1h')
test(testSeconds, 3661, '1h 1m')
test(testSeconds, 7 * 86_400 + 3, '7d')
test(testSeconds, -5, '0s')

test('ages are told in their largest unit', t => {
  const now = Date.parse('2026-11-20T12:00:00Z')
  t.is(formatAge('2026-11-20T11:58:40Z', now), '1m')
  t.is(formatAge('2026-11-17T11:00:00Z', now), '3d')
  t.is(formatAge('2026-11-20T12:00:05Z', now), '0s')
  t.is(formatAge(undefined, now), '-')
})

test('text from a cluster cannot move the cursor, ring the bell or turn the writing direction', t => {
  t.is(cleanText('a\u001B[31mb\u001B[0m\u0007\u0085c\u202Ed\r\ne\tf'), 'abcd\ne\tf')
  t.is(cleanLine(' a\n  b\tc '), 'a b c')
})

test('quoted lines are told from ours', t => {
  t.deepEqual(quoteLines('a\n::set-output\n\n', '  '), ['  | a', '  | ::set-output'])
})

test('columns are as wide as their content, colours aside', t => {
  const rows = [
    ['NAME', 'STATE'],
    [painter(true)('green', 'chat'), 'ready'],
    ['rag', ''],
  ]
  t.deepEqual(formatTable(rows), ['NAME  STATE', '\u001B[32mchat\u001B[39m  ready', 'rag'])
})

const testColour = test.macro({
  exec: (t, input: { flag?: boolean; isTerminal?: boolean; env?: object }, wanted: boolean) => {
    const { flag = true, isTerminal = true, env = {} } = input
    t.is(wantsColour({ flag, isTerminal, env: { ...env } }), wanted)
  },
  title: (_, input: object, wanted: boolean) =>
    `colour · ${JSON.stringify(input)} → ${wanted ? 'yes' : 'no'}`,
})

test(testColour, {}, true)
test(testColour, { isTerminal: false }, false)
test(testColour, { flag: false }, false)
test(testColour, { env: { NO_COLOR: '1' } }, false)
test(testColour, { env: { NO_COLOR: '' } }, true)
test(testColour, { env: { TERM: 'dumb' } }, false)
test(testColour, { isTerminal: false, env: { FORCE_COLOR: '1' } }, true)
test(testColour, { env: { FORCE_COLOR: '0' } }, false)
test(testColour, { flag: false, env: { FORCE_COLOR: '1' } }, false)

test('words are counted and listed', t => {
  t.is(plural(1, 'object'), '1 object')
  t.is(plural(0, 'object'), '0 objects')
  t.is(listOf(['a']), 'a')
  t.is(listOf(['a', 'b', 'c']), 'a, b and c')
})
