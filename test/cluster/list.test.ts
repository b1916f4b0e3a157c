import test from 'ava'
import { onward } from '../../src/cluster/list.ts'
import { Unexpected } from '../../src/cluster/answer/reader.ts'

/** Pages of a list lead on, and what is there is there once: a list that lies would never end, or show an object that is not. */

const item = (name: string, namespace = 'llm') => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace, uid: `u-${name}`, resourceVersion: '1' },
})
const page = (names: string[], next?: string) => ({
  items: names.map(name => item(name)),
  resourceVersion: '9',
  ...(next !== undefined && { continue: next }),
})
const passed = (tokens: string[] = [], names: string[] = []) => ({
  tokens: new Set(tokens),
  names: new Set(names.map(name => `llm/${name}`)),
})

test('a page with something new leads on, and the last may be empty', t => {
  t.notThrows(() => onward(passed(), page(['a'], 'two')))
  t.notThrows(() => onward(passed(['two'], ['a']), page(['b'], 'three')))
  t.notThrows(() => onward(passed(['two', 'three'], ['a', 'b']), page([])))
  t.notThrows(() => onward(passed([], ['a']), { ...page([]), items: [item('a', 'other')] }))
})

const WRONG: [string, () => unknown, RegExp][] = [
  ['to itself', () => onward(passed(['two']), page(['a'], 'two')), /continues with an earlier one/],
  ['in a circle', () => onward(passed(['two', 'one']), page(['a'], 'two')), /an earlier one/],
  ['on without an object', () => onward(passed(), page([], 'two')), /holds nothing and continues/],
  ['to the same objects', () => onward(passed(['two'], ['a']), page(['a'], 'three')), /twice/],
  ['to one object twice', () => onward(passed(), page(['a', 'a'])), /twice/],
]

for (const [where, read, says] of WRONG) {
  test(`S1 · not believed: a list that leads ${where}`, t => {
    t.throws(read, { instanceOf: Unexpected, message: says })
  })
}
