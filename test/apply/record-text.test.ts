import test from 'ava'
import { recordText } from '../../src/apply/record/record-text.ts'
import { revisionsOf, type Revision } from '../../src/plan/index.ts'

/** The record stays far below what a ConfigMap may hold, and what is in it can be read. */

const MOST_BYTES = 256 * 1024

function aRevision(more: Partial<Revision> = {}): Revision {
  return {
    time: '2026-11-29T08:00:00.000Z',
    actor: 'ci',
    dirty: false,
    result: 'succeeded',
    durationSeconds: 1,
    counts: { create: 0, update: 1, adopt: 0, replace: 0, prune: 0, switch: 0, unchanged: 0 },
    ...more,
  }
}

function readBack(text: string): Revision[] {
  const data = { 'revisions.json': text }
  return revisionsOf({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data })
}

const commitOf = (index: number) => String(index).padStart(40, '0')

test('S2 · fifty revisions are kept as they are', t => {
  const revisions = Array.from({ length: 60 }, (_, index) => aRevision({ commit: commitOf(index) }))
  t.deepEqual(readBack(recordText(revisions)), revisions.slice(0, 50))
  t.deepEqual(readBack(recordText([])), [])
})

test('S2 · a long subject is cut', t => {
  const [kept] = readBack(recordText([aRevision({ subject: 'word '.repeat(20_000) })]))
  t.is(kept?.subject?.length, 200)
  t.true(kept?.subject?.endsWith('…'))
})

test('S2 · the oldest revisions go where names of thousands of endpoints fill the record; the newest stays', t => {
  const only = Array.from({ length: 2000 }, (_, index) => `endpoint-of-some-team-${index}`)
  const revisions = Array.from({ length: 50 }, (_, index) =>
    aRevision({ commit: commitOf(index), only }),
  )
  const text = recordText(revisions)
  t.true(Buffer.byteLength(text) <= MOST_BYTES)
  const kept = readBack(text)
  t.true(kept.length > 1)
  t.deepEqual(kept, revisions.slice(0, kept.length))

  const huge = aRevision({ only: [...only, ...only, ...only, ...only, ...only, ...only] })
  t.deepEqual(readBack(recordText([huge, ...revisions])), [huge])
})
