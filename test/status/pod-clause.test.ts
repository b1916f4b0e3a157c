import test from 'ava'
import { viewOf } from '../../src/status/index.ts'
import { podClause } from '../../src/status/pod-clause.ts'
import { deployment, pod } from './build.ts'

/** What is said of a pod that does not serve yet. */

const scheduled = {
  type: 'PodScheduled',
  status: 'True',
  lastTransitionTime: '2026-11-21T10:00:00Z',
}
const ended = (exitCode: number) => ({
  terminated: { exitCode, finishedAt: '2026-11-21T10:01:00Z' },
})

function clauseOf(more: object): string {
  const conditions = [scheduled]
  const own = pod('p', { status: { phase: 'Running', conditions, ...more } })
  const now = '2026-11-21T10:02:00Z'
  return podClause(own, { object: deployment(), related: viewOf([own]), now })
}

const ROWS: [title: string, more: object, clause: string][] = [
  ['nothing has started', {}, 'its images are being pulled for 2m'],
  [
    'the server has ended',
    { containerStatuses: [{ name: 'server', state: ended(1) }] },
    'container server has ended with exit code 1, and is to be started again',
  ],
  [
    'the server has ended with success',
    { containerStatuses: [{ name: 'server', state: ended(0) }] },
    'container server has ended with exit code 0, and is to be started again',
  ],
]

for (const [title, more, clause] of ROWS) {
  test(`R2 · ${title}: ${clause}`, t => {
    t.is(clauseOf(more), clause)
  })
}
