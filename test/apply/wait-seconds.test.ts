import test from 'ava'
import { lateText, waitSeconds } from '../../src/apply/watch/wait-seconds.ts'
import { waitParts } from '../../src/words/index.ts'

/** How long an apply waits for an endpoint, and how that is said. */

const NOW = Date.parse('2026-11-21T10:10:00Z')
const ago = (seconds: number) => NOW - seconds * 1000

const ROWS: [title: string, isWritten: boolean, starts: number[], seconds: number][] = [
  ['what was written has all of it', true, [ago(1000)], 420],
  ['nothing is known of its pods', false, [], 420],
  ['its pods have just started', false, [ago(0)], 420],
  ['its pods have had a minute', false, [ago(600), ago(60)], 360],
  ['its pods have had it all', false, [ago(1000)], 10],
  ['the clock of a node is ahead', false, [ago(-60)], 420],
]

for (const [title, isWritten, starts, seconds] of ROWS) {
  test(`R2 · the wait ends when nothing can change: ${title}`, t => {
    t.is(waitSeconds({ readySeconds: 420, isWritten, starts, now: NOW }), seconds)
  })
}

test('R2 · at the end of the time it is said how long that was', t => {
  const budget = { aroundSeconds: 330, loadSeconds: 60, graceSeconds: 30 }
  const endpoint = { name: 'chat', readySeconds: 420, budget }
  const late = { deadlineSeconds: 420, isGiven: false, what: '0 of 1 available' }
  t.is(
    lateText(endpoint, { ...late, deadlineSeconds: 4, isGiven: true }),
    'chat is not ready after 4s: 0 of 1 available',
  )
  t.regex(
    lateText(endpoint, late),
    /^chat is not ready after 7m: 0 of 1 available \(5m 30s to schedule/,
  )
  t.is(
    lateText(endpoint, { ...late, deadlineSeconds: 10 }),
    'chat is not ready: 0 of 1 available; nothing was changed, and its pods have had 7m since they started',
  )
})

test('R2 · the wait is said with its parts', t => {
  const budget = { aroundSeconds: 330, loadSeconds: 60, graceSeconds: 30 }
  t.is(
    waitParts(budget),
    '5m 30s to schedule its pods and pull images, 1m of loadTime, 30s of grace for the pods before',
  )
})
