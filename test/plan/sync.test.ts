import test from 'ava'
import {
  appliedTo,
  syncState,
  type Revision,
  type Sync,
  type SyncState,
} from '../../src/plan/index.ts'

/** What a comparison with git is called. */

const ref = { apiVersion: 'v1', kind: 'Service', namespace: 'llm-ops', name: 'chat-svc' }
const SAME: Sync = { deviations: [], unseen: [] }
const UNSEEN: Sync = { deviations: [], unseen: [{ ref, reason: 'no right' }] }
const OTHER: Sync = { deviations: [{ ref, reason: 'not in the cluster', changes: [] }], unseen: [] }

const counts = { create: 0, update: 1, adopt: 0, replace: 0, prune: 0, switch: 0, unchanged: 0 }

function aRevision(change: Partial<Revision> = {}): Revision {
  const rest = { time: '2026-11-28T10:00:00Z', counts, durationSeconds: 1, actor: 'alice' }
  return { commit: 'one', dirty: false, result: 'succeeded', ...rest, ...change }
}

const clean = { commit: 'one', dirty: false }

const ROWS: [
  title: string,
  sync: Sync,
  applied: Revision | undefined,
  git: Parameters<typeof syncState>[2],
  state: SyncState,
][] = [
  ['nothing differs', SAME, aRevision(), clean, 'synced'],
  [
    'nothing differs, at whatever commit',
    SAME,
    aRevision(),
    { commit: 'two', dirty: true },
    'synced',
  ],
  ['it could not be found out', UNSEEN, aRevision(), clean, 'unknown'],
  [
    'something else is known to differ',
    { ...UNSEEN, ...OTHER, unseen: UNSEEN.unseen },
    aRevision(),
    clean,
    'drifted',
  ],
  ['git says what was applied', OTHER, aRevision(), clean, 'drifted'],
  ['git went on', OTHER, aRevision(), { commit: 'two', dirty: false }, 'differs'],
  ['files were edited', OTHER, aRevision(), { commit: 'one', dirty: true }, 'differs'],
  ['edited files were applied', OTHER, aRevision({ dirty: true }), clean, 'differs'],
  ['the apply failed', OTHER, aRevision({ result: 'failed' }), clean, 'differs'],
  ['nothing was applied', OTHER, undefined, clean, 'differs'],
  ['it was deleted on request', OTHER, aRevision({ action: 'delete' }), clean, 'differs'],
  ['there is no git', OTHER, { ...aRevision(), commit: undefined } as never, undefined, 'differs'],
]

for (const [title, sync, applied, git, state] of ROWS) {
  test(`R13 · ${state}: ${title}`, t => {
    t.is(syncState(sync, applied, git), state)
  })
}

test('R13 · the revision of an endpoint is the newest that it was part of', t => {
  const [others, own, all] = [
    aRevision({ commit: 'three', only: ['search'] }),
    aRevision({ commit: 'two', only: ['chat'] }),
    aRevision(),
  ]
  t.is(appliedTo('chat', [others, own, all]), own)
  t.is(appliedTo('rerank', [others, own, all]), all)
  t.is(appliedTo('rerank', [others, own]), undefined)
})
