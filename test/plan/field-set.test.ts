import test from 'ava'
import {
  fieldIn,
  holds,
  holdsItself,
  itemsIn,
  listKeyOf,
  union,
  withoutFields,
  type FieldSet,
} from '../../src/plan/fields/field-set.ts'
import { released } from '../../src/plan/fields/release.ts'

const PORT = 'k:{"containerPort":80,"protocol":"TCP"}'

test('a field is held below its key', t => {
  const set = { 'f:spec': { 'f:replicas': {}, 'f:ports': { [PORT]: { '.': {} } } } }
  t.deepEqual(fieldIn(set, 'spec'), set['f:spec'])
  t.is(fieldIn(set, 'status'), undefined)
  t.true(holds(set, 'spec', 'replicas'))
  t.false(holds(set, 'spec', 'replicas', 'more'))
  t.false(holds(set, 'status'))
})

test('a thing itself is held by a leaf or a point', t => {
  t.true(holdsItself({}))
  t.true(holdsItself({ '.': {}, 'f:a': {} }))
  t.false(holdsItself({ 'f:a': {} }))
})

test('items are of a keyed list or of a set, never both', t => {
  t.deepEqual(itemsIn({ [PORT]: { '.': {} } }), {
    type: 'keyed',
    items: [{ identity: { containerPort: 80, protocol: 'TCP' }, set: { '.': {} } }],
  })
  t.deepEqual(itemsIn({ 'v:"a"': {} }), { type: 'set', texts: new Set(['"a"']) })
  t.is(itemsIn({ 'i:0': {} }), undefined)
  t.is(itemsIn({ '.': {}, 'v:"a"': {} }), undefined)
  t.deepEqual(listKeyOf([{}, { '.': {}, [PORT]: {} }]), ['containerPort', 'protocol'])
  t.is(listKeyOf([{ '.': {}, 'v:1': {} }]), 'value')
  t.is(listKeyOf([{ 'i:0': {} }]), undefined)
})

test('two sets are one with all that both hold', t => {
  t.deepEqual(union({ 'f:a': {}, 'f:b': { 'f:c': {} } }, { 'f:b': { '.': {}, 'f:d': {} } }), {
    'f:a': {},
    'f:b': { '.': {}, 'f:c': {}, 'f:d': {} },
  })
  const set = { 'f:metadata': { 'f:finalizers': {}, 'f:labels': {} } }
  t.deepEqual(withoutFields(set, 'metadata', ['finalizers']), { 'f:metadata': { 'f:labels': {} } })
  t.deepEqual(withoutFields({ 'f:spec': {} }, 'metadata', ['finalizers']), { 'f:spec': {} })
})

interface Release {
  value: unknown
  ours: FieldSet[]
  others?: FieldSet[]
  left: unknown
}

const releases = test.macro((t, { value, ours, others = [], left }: Release) => {
  t.deepEqual(released(value, { ours, others }), left)
})

const ITEMS = [{ name: 'a', x: 1, y: 2 }, { name: 'b' }]
const itemA = (set: FieldSet) => ({ 'k:{"name":"a"}': set })

test('what nobody of us holds stays', releases, { value: { a: 1 }, ours: [], left: { a: 1 } })
test('what only we hold goes, with what nobody holds in it', releases, {
  value: { a: 1, b: 2 },
  ours: [{ 'f:a': {} }],
  left: undefined,
})
test('of what others hold, too, only our part goes', releases, {
  value: { a: 1, b: 2, c: 3 },
  ours: [{ 'f:a': {}, 'f:b': {} }],
  others: [{ 'f:b': {} }],
  left: { b: 2, c: 3 },
})
test('a leaf that others hold, too, stays as it is', releases, {
  value: { a: 1 },
  ours: [{}],
  others: [{}],
  left: { a: 1 },
})
test('a leaf of one of us does not keep what another of us holds', releases, {
  value: { a: 1, b: 2 },
  ours: [{}, { 'f:a': {} }],
  others: [{ 'f:b': {} }],
  left: { b: 2 },
})
test('an item that only we hold goes from its list', releases, {
  value: ITEMS,
  ours: [itemA({ '.': {}, 'f:x': {} })],
  others: [{ 'k:{"name":"b"}': { '.': {} } }],
  left: [{ name: 'b' }],
})
test('an item of which we hold a field only stays without it', releases, {
  value: ITEMS,
  ours: [itemA({ 'f:x': {} })],
  others: [{ 'k:{"name":"b"}': { '.': {} } }],
  left: [{ name: 'a', y: 2 }, { name: 'b' }],
})
test('an item that others hold, too, keeps their fields', releases, {
  value: ITEMS,
  ours: [itemA({ '.': {}, 'f:x': {}, 'f:y': {} })],
  others: [itemA({ '.': {}, 'f:y': {} })],
  left: [{ name: 'a', y: 2 }, { name: 'b' }],
})
test('a value of a set goes, that of others stays', releases, {
  value: ['a', 'b', 'c'],
  ours: [{ 'v:"a"': {}, 'v:"b"': {} }],
  others: [{ 'v:"b"': {} }],
  left: ['b', 'c'],
})
test('an indexed list stays', releases, {
  value: ['a'],
  ours: [{ 'i:0': {} }],
  others: [{ 'f:b': {} }],
  left: ['a'],
})
