import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { SlipwayError } from '../../src/problem/index.ts'
import { REVISIONS_KEY, revisionsOf } from '../../src/plan/index.ts'

/** The record of applied revisions is what slipway wrote, or it is said to be damaged: never "none". */

const REVISION = {
  time: '2026-11-29T08:00:00.000Z',
  actor: 'alice@laptop',
  dirty: false,
  result: 'succeeded',
  durationSeconds: 2.5,
  counts: { create: 1, update: 0, adopt: 0, replace: 0, prune: 0, switch: 0, unchanged: 3 },
  commit: 'a'.repeat(40),
}

function parentWith(data: unknown): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'slipway-models', namespace: 'llm-ops' },
    ...(data === undefined ? {} : { data }),
  }
}

const recordOf = (record: unknown) => parentWith({ [REVISIONS_KEY]: JSON.stringify(record) })

test('S2 · without a parent, or before the first record, there is no revision', t => {
  t.deepEqual(revisionsOf(undefined), [])
  t.deepEqual(revisionsOf(parentWith(undefined)), [])
  t.deepEqual(revisionsOf(parentWith({ other: 'x' })), [])
  t.deepEqual(revisionsOf(recordOf([])), [])
})

test('S2 · what a later version added is kept', t => {
  const later = { ...REVISION, weather: 'fine', counts: { ...REVISION.counts, mend: 1 } }
  t.deepEqual(revisionsOf(recordOf([later, REVISION])) as unknown[], [later, REVISION])
})

test('S2 · an apply that has begun is a revision', t => {
  const begun = { ...REVISION, result: 'begun', durationSeconds: 0 }
  t.deepEqual(revisionsOf(recordOf([begun, REVISION])) as unknown[], [begun, REVISION])
})

const DAMAGED: [string, KubeObject, RegExp][] = [
  ['no JSON', parentWith({ [REVISIONS_KEY]: '[{"time": "20' }), /expected array/],
  ['nothing', parentWith({ [REVISIONS_KEY]: '' }), /expected array/],
  ['an object', recordOf({}), /expected array/],
  ['a number', recordOf(7), /expected array/],
  ['null', recordOf([null]), /0: .*expected object/],
  ['numbers', recordOf([REVISION, 7]), /1: .*expected object/],
  ['a time that is none', recordOf([{ ...REVISION, time: 'soon' }]), /0\.time: expected a time/],
  ['a commit that is a branch', recordOf([{ ...REVISION, commit: 'main' }]), /0\.commit: .*hash/],
  ['a commit that is an option', recordOf([{ ...REVISION, commit: '--all' }]), /0\.commit: .*hash/],
  ['a time that is a number', recordOf([{ ...REVISION, time: 7 }]), /0\.time: /],
  ['a result of no kind', recordOf([{ ...REVISION, result: 'fine' }]), /0\.result: /],
  ['counts that are a list', recordOf([{ ...REVISION, counts: [] }]), /0\.counts/],
  ['a commit that is an object', recordOf([{ ...REVISION, commit: {} }]), /0\.commit: /],
  ['names that are numbers', recordOf([{ ...REVISION, only: [1] }]), /0\.only\.0: /],
]

for (const [what, parent, cause] of DAMAGED) {
  test(`S2 · a record with ${what} is damaged: said with the object, and a way out`, t => {
    const error = t.throws(() => revisionsOf(parent), { instanceOf: SlipwayError })
    const [problem] = error?.problems ?? []
    t.is(problem?.code, 'record')
    t.is(problem?.object, 'ConfigMap llm-ops/slipway-models')
    t.regex(problem?.cause ?? '', cause)
    t.regex(problem?.remedy ?? '', /kubectl -n llm-ops patch configmap slipway-models --type=json/)
  })
}
