import test from 'ava'
import { painter } from '../../src/report/index.ts'
import { wrapLine } from '../../src/report/text/wrap.ts'

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

for (const [title, line, columns, lines] of ROWS) {
  test(`a narrow screen: ${title}`, t => {
    t.deepEqual(wrapLine(line, columns), lines)
  })
}

test('a narrow screen: colours have no width', t => {
  const line = painter(true)('red', 'one two')
  t.deepEqual(wrapLine(line, 7), [line])
})
