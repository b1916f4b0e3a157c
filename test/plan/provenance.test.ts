import test from 'ava'
import type { Difference } from '../../src/git/index.ts'
import { checkOrder, checkRepository } from '../../src/plan/guards/provenance.ts'
import { lastOf } from '../../src/plan/revisions.ts'
import type { Revision } from '../../src/plan/index.ts'
import { checkFiles } from '../../src/project/index.ts'

/** Where the files of a plan come from. */

const [A, B] = ['a'.repeat(40), 'b'.repeat(40)]

/** Three days after the revision. */
const TEST = { environment: 'test', now: Date.parse('2026-07-04T10:00:00Z') }

function revision(over: Partial<Revision> = {}): Revision {
  return {
    commit: A,
    dirty: false,
    actor: 'ada@laptop',
    time: '2026-07-01T10:00:00Z',
    counts: { create: 1, update: 0, adopt: 0, replace: 0, prune: 0, switch: 0, unchanged: 0 },
    result: 'succeeded',
    durationSeconds: 1,
    ...over,
  }
}

const { commit: _commit, ...withoutCommit } = revision()

const ORDERS: [string, Parameters<typeof checkOrder>[0], string | undefined][] = [
  ['nothing was applied', { ...TEST, ours: B, last: undefined, isOlder: undefined }, undefined],
  [
    'the record names no commit',
    { ...TEST, ours: B, last: withoutCommit, isOlder: undefined },
    undefined,
  ],
  [
    'neither names a commit',
    { ...TEST, ours: undefined, last: withoutCommit, isOlder: undefined },
    undefined,
  ],
  ['the same commit', { ...TEST, ours: A, last: revision(), isOlder: undefined }, undefined],
  ['a newer commit', { ...TEST, ours: B, last: revision(), isOlder: false }, undefined],
  ['an older commit', { ...TEST, ours: B, last: revision(), isOlder: true }, 'error older-commit'],
  [
    'nobody can tell',
    { ...TEST, ours: B, last: revision(), isOlder: undefined },
    'warning older-commit',
  ],
  [
    'nobody can tell in a whole clone, and nothing is deleted',
    { ...TEST, ours: B, last: revision(), isOlder: undefined, isWhole: true },
    'warning older-commit',
  ],
  [
    'nobody can tell in a whole clone, and something would be deleted',
    {
      ...TEST,
      ours: B,
      last: revision(),
      isOlder: undefined,
      isWhole: true,
      gone: ['chat'],
    },
    'error older-commit',
  ],
  [
    'nobody can tell in a whole clone, and ours was applied before',
    {
      ...TEST,
      ours: B,
      last: revision(),
      isOlder: undefined,
      isWhole: true,
      wasApplied: true,
    },
    'error older-commit',
  ],
  [
    'nobody can tell in a shallow clone, and something would be deleted',
    {
      ...TEST,
      ours: B,
      last: revision(),
      isOlder: undefined,
      isWhole: false,
      gone: ['chat'],
    },
    'warning older-commit',
  ],
  [
    'files without a commit',
    { ...TEST, ours: undefined, last: revision(), isOlder: undefined },
    'error guard',
  ],
]

for (const [name, input, expected] of ORDERS) {
  test(`S1 · order of commits: ${name}`, t => {
    const problem = checkOrder(input)
    t.is(problem && `${problem.severity} ${problem.code}`, expected)
  })
}

test('S1 · files without a commit are told which commit was applied, by whom, and the flag', t => {
  const problem = checkOrder({
    ...TEST,
    ours: undefined,
    last: revision(),
    isOlder: undefined,
  })
  t.is(
    problem?.message,
    'test was applied last from commit aaaaaaa, and these files have no commit',
  )
  t.regex(problem?.cause ?? '', /^ada@laptop applied aaaaaaa 3d ago\. /)
  t.regex(problem?.remedy ?? '', /--allow-no-commit/)
})

test('S1 · an apply without a commit, or without an origin, hides no earlier one', t => {
  const { commit: _none, ...outside } = revision({ time: '2026-07-03T10:00:00Z' })
  const named = revision({ repository: 'example.com/org/models' })
  const last = lastOf([outside, revision({ commit: B }), named])
  t.is(last.lastRevision, outside)
  t.is(last.lastCommitted?.commit, B)
  t.is(last.lastRepository, 'example.com/org/models')
  t.deepEqual(lastOf([]), {})
})

test('S2 · an apply that began and has not finished guards as one that ended, and is told as what it is', t => {
  const begun = revision({ result: 'begun', commit: A, repository: 'example.com/org/models' })
  const { lastCommitted, lastRepository } = lastOf([begun, revision({ commit: B })])
  t.is(lastCommitted, begun)
  t.is(lastRepository, 'example.com/org/models')
  const older = checkOrder({ ...TEST, ours: B, last: lastCommitted, isOlder: true })
  t.is(older?.code, 'older-commit')
  t.regex(
    older?.cause ?? '',
    /^ada@laptop began to apply aaaaaaa 3d ago, and has not finished; this/,
  )
  const none = { ...TEST, ours: undefined, last: lastCommitted, isOlder: undefined }
  t.regex(checkOrder(none)?.cause ?? '', /began to apply aaaaaaa/)
})

const REPOSITORIES: [string, Partial<Parameters<typeof checkRepository>[0]>, boolean][] = [
  ['another one deletes', {}, true],
  ['another one deletes nothing', { gone: [] }, false],
  ['the same, in capitals', { ours: 'Example.com/Org/Models' }, false],
  ['no origin here', { ours: undefined }, false],
  ['no origin in the record', { last: undefined }, false],
]

for (const [name, over, isRefused] of REPOSITORIES) {
  test(`order of repositories: ${name}`, t => {
    const problem = checkRepository({
      environment: 'test',
      last: 'example.com/org/models',
      ours: 'example.com/org/copy',
      gone: ['chat'],
      ...over,
    })
    t.is(problem?.code, isRefused ? 'guard' : undefined)
  })
}

test('S2 · files that are not as in the commit are named, with how', t => {
  const differences: Difference[] = [
    { path: 'endpoints/a.yaml', state: 'changed' },
    { path: 'endpoints/b.yaml', state: 'added' },
    { path: 'endpoints/c.yaml', state: 'deleted' },
  ]
  const [problem, ...others] = checkFiles(A, differences)
  t.deepEqual(others, [])
  t.like(problem, { severity: 'warning', code: 'dirty-tree' })
  t.is(
    problem?.message,
    'not as in commit aaaaaaa: endpoints/a.yaml (changed), endpoints/b.yaml (not in the commit), endpoints/c.yaml (deleted)',
  )
  t.deepEqual(checkFiles(A, []), [])
})

test('S1 · files that are not checked out are refused, and the first ten named', t => {
  const differences = Array.from({ length: 12 }, (_, index): Difference => ({
    path: `endpoints/e${index}.yaml`,
    state: 'absent',
  }))
  const [problem] = checkFiles(A, [...differences, { path: 'x.yaml', state: 'added' }])
  t.like(problem, { severity: 'error', code: 'guard' })
  t.regex(
    problem?.message ?? '',
    /^files of commit aaaaaaa are not checked out here: endpoints\/e0/,
  )
  t.regex(problem?.message ?? '', /e9\.yaml and 2 more$/)
  t.regex(problem?.remedy ?? '', /git sparse-checkout disable.*--revision HEAD/)
})

test('S2 · a deletion on request brings nothing of its commit, and hides no apply', t => {
  const deletion = revision({ action: 'delete', commit: A, repository: 'example.com/a' })
  const applied = revision({ commit: B })
  const last = lastOf([deletion, applied])
  t.is(last.lastRevision, applied)
  t.is(last.lastCommitted, applied)
  t.is(last.lastDeletion, deletion)
  t.is(last.lastRepository, 'example.com/a')
  t.is(lastOf([applied, deletion]).lastDeletion, undefined)
})
