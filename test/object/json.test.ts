import test from 'ava'
import { at, entries, equalValues, isEmpty, isMap, members, texts } from '../../src/object/index.ts'

const NOTHING = [undefined, null, '', 'a', 0, 1, true]

test('a map is no list and no value', t => {
  t.true(isMap({}))
  t.deepEqual([[], ...NOTHING].filter(isMap), [])
})

test('empty is only a map or list with nothing in it', t => {
  t.true(isEmpty({}))
  t.true(isEmpty([]))
  t.deepEqual([{ a: undefined }, [undefined], ...NOTHING].filter(isEmpty), [])
})

const EQUAL: [a: unknown, b: unknown][] = [
  [
    { a: 1, b: [{ c: null }] },
    { b: [{ c: null }], a: 1 },
  ],
  [[], []],
  [{}, {}],
]

const DIFFERENT: [a: unknown, b: unknown][] = [
  [
    [1, 2],
    [2, 1],
  ],
  [{ a: 1 }, { a: 1, b: undefined }],
  [{ a: undefined }, { b: undefined }],
  [{ 0: 'a' }, ['a']],
  [{}, []],
  [null, {}],
  [0, '0'],
  [{ toString: undefined }, {}],
]

test('values are equal whatever the order of keys, not of entries', t => {
  for (const [a, b] of EQUAL) t.true(equalValues(a, b) && equalValues(b, a), JSON.stringify(a))
  for (const [a, b] of DIFFERENT)
    t.false(equalValues(a, b) || equalValues(b, a), JSON.stringify([a, b]))
})

const PATHS: [path: (string | number)[], value: unknown][] = [
  [[], { a: [{ b: null }], 'c.d': 1 }],
  [['a', 0, 'b'], null],
  [['a', '0', 'b'], null],
  [['a', 0, 'b', 'c'], undefined],
  [['a', 'length'], undefined],
  [['a', 1], undefined],
  [['c.d'], 1],
  [['constructor'], undefined],
  [['a', 0, 'toString'], undefined],
]

test('a path leads through maps and lists, and to nothing that is not in them', t => {
  const value = { a: [{ b: null }], 'c.d': 1 }
  for (const [path, expected] of PATHS) t.deepEqual(at(value, ...path), expected, path.join('/'))
})

test('what is no map has no members, what is no list no entries', t => {
  for (const value of NOTHING) t.deepEqual([members(value), entries(value)], [{}, []])
  t.deepEqual(entries([{ a: 1 }, 'b', null, []]), [{ a: 1 }])
  t.deepEqual(texts({ a: 'x', b: 1, c: null }), { a: 'x' })
})
