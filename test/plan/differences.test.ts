import test from 'ava'
import { differences } from '../../src/plan/fields/differences.ts'
import type { FieldChange } from '../../src/plan/action.ts'

const differ = test.macro((t, before: unknown, after: unknown, expected: FieldChange[]) => {
  t.deepEqual(differences(before, after), expected)
})

test('equal values have none', differ, { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, [])
test('a changed leaf', differ, { a: { b: 1 } }, { a: { b: 2 } }, [
  { path: 'a.b', before: 1, after: 2 },
])
test('added and removed leaves', differ, { a: 1 }, { b: 2 }, [
  { path: 'a', before: 1 },
  { path: 'b', after: 2 },
])
test('an added map is one change', differ, {}, { a: { b: 1 } }, [{ path: 'a', after: { b: 1 } }])
test(
  'names with dots are quoted',
  differ,
  { labels: { 'a.b/c': '1' } },
  { labels: { 'a.b/c': '2' } },
  [{ path: 'labels["a.b/c"]', before: '1', after: '2' }],
)
test(
  'lists of named items are matched by name',
  differ,
  {
    env: [
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ],
  },
  {
    env: [
      { name: 'B', value: '3' },
      { name: 'C', value: '4' },
    ],
  },
  [
    { path: 'env[name=A]', before: { name: 'A', value: '1' } },
    { path: 'env[name=B].value', before: '2', after: '3' },
    { path: 'env[name=C]', after: { name: 'C', value: '4' } },
  ],
)
test(
  'another order of named items is a change of order',
  differ,
  [{ name: 'A' }, { name: 'B' }],
  [{ name: 'B' }, { name: 'A' }],
  [{ path: '', before: ['A', 'B'], after: ['B', 'A'] }],
)
test(
  'a repeated name falls back to positions',
  differ,
  [
    { name: 'A', v: 1 },
    { name: 'A', v: 2 },
  ],
  [
    { name: 'A', v: 1 },
    { name: 'A', v: 3 },
  ],
  [{ path: '[1].v', before: 2, after: 3 }],
)
test('lists of scalars are shown whole', differ, { args: ['a', 'b'] }, { args: ['a'] }, [
  { path: 'args', before: ['a', 'b'], after: ['a'] },
])
test('a scalar that becomes a map', differ, { a: 1 }, { a: { b: 1 } }, [
  { path: 'a', before: 1, after: { b: 1 } },
])
