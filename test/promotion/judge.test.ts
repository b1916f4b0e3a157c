import test from 'ava'
import type { Revision } from '../../src/plan/index.ts'
import { courseOf, goodRun } from '../../src/promotion/course.ts'
import type { SourceFacts } from '../../src/promotion/facts.ts'
import { judgeSource } from '../../src/promotion/judge.ts'

/** What is promoted was applied from a commit, is ready, was asked, has not drifted and has soaked; else it is said what is missing. */

const NOW = Date.parse('2026-07-01T12:00:00Z')
const COMMIT = 'a1b2c3d4'.repeat(5)
const IMAGE = `registry.example.com/chat:v2@sha256:${'ab'.repeat(32)}`

const COUNTS = { create: 0, update: 1, adopt: 0, replace: 0, prune: 0, switch: 0, unchanged: 3 }

const revision = (more: Partial<Revision> = {}): Revision => ({
  commit: COMMIT,
  subject: 'chat v2',
  time: '2026-07-01T09:00:00Z',
  actor: 'ada@laptop',
  dirty: false,
  result: 'succeeded',
  durationSeconds: 1,
  counts: COUNTS,
  smoked: true,
  ...more,
})

const facts = (more: Partial<SourceFacts> = {}): SourceFacts => ({
  endpoint: 'chat',
  source: 'staging',
  applied: revision(),
  status: { state: 'ready', message: '2/2 ready', sync: 'synced', deviations: [], unseen: [] },
  course: { since: '2026-07-01T09:00:00Z', smokedAt: '2026-07-01T09:00:00Z' },
  image: { state: 'pinned', image: IMAGE },
  ...more,
})

const wish = { minSoakSeconds: 2 * 3600, now: NOW }

test('G2 · what is good is evidence: commit, who, since when, the smoke test, the digest', t => {
  t.deepEqual(judgeSource(facts(), wish), {
    evidence: {
      endpoint: 'chat',
      source: 'staging',
      commit: COMMIT,
      subject: 'chat v2',
      actor: 'ada@laptop',
      since: '2026-07-01T09:00:00Z',
      smokedAt: '2026-07-01T09:00:00Z',
      soakSeconds: 3 * 3600,
      image: IMAGE,
    },
  })
})

const READY = facts().status!

const REFUSED: [what: string, facts: Partial<SourceFacts>, message: RegExp][] = [
  ['never applied', { applied: undefined, course: undefined }, /no apply of it is on record/],
  ['deleted', { applied: revision({ action: 'delete' }) }, /ada@laptop deleted it at 2026/],
  ['without a commit', { applied: without('commit') }, /from files without a commit/],
  ['dirty', { applied: revision({ dirty: true }) }, /with uncommitted changes beside a1b2c3d$/],
  [
    'begun',
    { applied: revision({ result: 'begun' }) },
    /the apply of a1b2c3d that began at .* has not finished/,
  ],
  [
    'interrupted',
    { applied: revision({ result: 'interrupted' }) },
    /apply of a1b2c3d was interrupted/,
  ],
  [
    'failed',
    { applied: revision({ result: 'failed', unready: ['chat'] }) },
    /apply of a1b2c3d failed/,
  ],
  [
    'failed, of an older version',
    { applied: revision({ result: 'failed' }) },
    /apply of a1b2c3d failed/,
  ],
  ['not there', { status: undefined }, /it is not in the cluster/],
  [
    'not ready',
    { status: { ...READY, state: 'progressing', message: '1/2 ready' } },
    /it is not ready: 1\/2 ready/,
  ],
  [
    'drifted',
    {
      status: {
        ...READY,
        sync: 'drifted',
        deviations: [
          {
            ref: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'x', name: 'chat' },
            reason: 'differs from git',
            changes: [],
          },
        ],
      },
    },
    /not as the applied commit says: Deployment chat differs from git/,
  ],
  [
    'perhaps drifted',
    {
      status: {
        ...READY,
        sync: 'unknown',
        unseen: [
          {
            ref: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'x', name: 'chat' },
            reason: 'no right to try',
          },
        ],
      },
    },
    /it is not known whether it has drifted: no right to try/,
  ],
  [
    'not asked',
    { course: { since: '2026-07-01T09:00:00Z' } },
    /a1b2c3d was applied without a smoke test/,
  ],
  [
    'not soaked',
    { course: { since: '2026-07-01T11:20:00Z', smokedAt: '2026-07-01T11:20:00Z' } },
    /it has been unchanged for 40m, and --min-soak asks for 2h/,
  ],
  [
    'without a digest',
    { image: { state: 'unknown' } },
    /its pods do not say the digest of their image/,
  ],
  [
    'of two images',
    { image: { state: 'mixed', images: ['a@1', 'a@2'] } },
    /its pods run different images: a@1, a@2/,
  ],
]

for (const [what, more, message] of REFUSED) {
  test(`G2 · refused: ${what}`, t => {
    const verdict = judgeSource(facts(more), wish)
    const refusals = 'refusals' in verdict ? verdict.refusals : []
    t.is(refusals.length, 1)
    t.like(refusals[0], { code: 'not-promoted', severity: 'error', endpoint: 'chat' })
    t.regex(refusals[0]?.message ?? '', /^chat is not promoted from staging: /)
    t.regex(refusals[0]?.message ?? '', message)
    t.regex(refusals[0]?.remedy ?? '', /\S/)
  })
}

test('G2 · every reason is told at once', t => {
  const verdict = judgeSource(
    facts({ course: { since: '2026-07-01T11:59:00Z' }, image: { state: 'unknown' } }),
    wish,
  )
  t.is('refusals' in verdict ? verdict.refusals.length : 0, 3)
})

function without(field: 'commit'): Revision {
  const { [field]: _, ...rest } = revision()
  return rest
}

const RUNS: [what: string, revisions: Revision[], times: string[]][] = [
  ['none', [], []],
  ['all good', [revision({ time: '2' }), revision({ time: '1' })], ['2', '1']],
  [
    'a limited apply of another between',
    [revision({ time: '3' }), revision({ time: '2', only: ['rag'] }), revision({ time: '1' })],
    ['3', '1'],
  ],
  [
    'a failure of another',
    [revision({ time: '2', result: 'failed', unready: ['rag'] }), revision({ time: '1' })],
    ['2', '1'],
  ],
  [
    'a failure of its own',
    [
      revision({ time: '3' }),
      revision({ time: '2', result: 'failed', unready: ['chat'] }),
      revision({ time: '1' }),
    ],
    ['3'],
  ],
  [
    'a failure that says not whose',
    [revision({ time: '2' }), revision({ time: '1', result: 'failed' })],
    ['2'],
  ],
  ['a deletion', [revision({ time: '2' }), revision({ time: '1', action: 'delete' })], ['2']],
  ['one that has begun', [revision({ time: '2', result: 'begun' }), revision({ time: '1' })], []],
]

for (const [what, revisions, times] of RUNS) {
  test(`G2 · applies in a row: ${what}`, t => {
    t.deepEqual(
      goodRun('chat', revisions).map(({ time }) => time),
      times,
    )
  })
}

test('G2 · a soak begins with the first of them, and the newest smoke test counts', t => {
  const { smoked: _, ...unasked } = revision({ time: '3' })
  t.deepEqual(courseOf([unasked, revision({ time: '2' }), revision({ time: '1' })]), {
    since: '1',
    smokedAt: '2',
  })
  t.deepEqual(courseOf([unasked]), { since: '3' })
  t.is(courseOf([]), undefined)
})
