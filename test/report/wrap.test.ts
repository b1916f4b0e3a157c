import test from 'ava'
import { painter } from '../../src/report/index.ts'
import { cut, textWidth } from '../../src/report/text/table.ts'
import { wrapLine } from '../../src/report/text/wrap.ts'
import { screenOf } from '../support/screen.ts'

/** Lines for a screen of a known width. */

const ROWS: [title: string, line: string, columns: number | undefined, lines: string[]][] = [
  ['what fits stays', 'one two', 7, ['one two']],
  ['without a screen nothing breaks', 'one two three', undefined, ['one two three']],
  ['it breaks at words', 'one two three', 8, ['one two', '  three']],
  ['what is quoted stays so', '  | one two', 9, ['  | one', '  |   two']],
  [
    'a word that is too long stays whole',
    'a https://example.com/x b',
    9,
    ['a', '  https://example.com/x', '  b'],
  ],
]

const WIDTHS: [text: string, width: number][] = [
  ['chat: 2 → 3…', 12],
  ['✗ chat', 6],
  ['模型 ready', 10],
  ['モデル', 6],
  ['모델', 4],
  ['ＡＢ', 4],
  ['a🚀b', 4],
  ['café', 4],
  ['cafe\u0301', 4],
]

for (const [text, width] of WIDTHS) {
  test(`a text has the width that a terminal gives it: ${text}`, async t => {
    t.is(textWidth(text), width)
    const { all } = await screenOf(`${text}|`, { columns: width + 1, rows: 2 })
    t.deepEqual(all, [`${text}|`])
    t.true(textWidth(cut(text, width - 1)) < width)
    t.is(cut(text, width), text)
  })
}

for (const [title, line, columns, lines] of ROWS) {
  test(`a narrow screen: ${title}`, t => {
    t.deepEqual(wrapLine(line, columns), lines)
  })
}

test('a narrow screen: colours have no width', t => {
  const line = painter(true)('red', 'one two')
  t.deepEqual(wrapLine(line, 7), [line])
})
