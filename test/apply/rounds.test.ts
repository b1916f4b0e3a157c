import test from 'ava'
import { startRounds, untilNextMs } from '../../src/apply/watch/rounds.ts'

const LONG = { sinceBeginMs: 600_000 }

const CASES: [what: string, pace: Parameters<typeof untilNextMs>[0], expected: number][] = [
  ['a change is looked at soon', { hasChanged: true, tookMs: 0, sinceLastMs: 5000, ...LONG }, 50],
  ['without one, once a second', { hasChanged: false, tookMs: 0, sinceLastMs: 0, ...LONG }, 1000],
  [
    'a round that took long is followed by a pause',
    { hasChanged: true, tookMs: 20, sinceLastMs: 0, ...LONG },
    780,
  ],
  [
    'of which some has passed already',
    { hasChanged: true, tookMs: 20, sinceLastMs: 700, ...LONG },
    80,
  ],
  [
    'news is never older than three seconds',
    { hasChanged: true, tookMs: 900, sinceLastMs: 0, ...LONG },
    3000,
  ],
  [
    'and of a wait that began just now not older than a tenth of it',
    { hasChanged: true, tookMs: 20, sinceLastMs: 0, sinceBeginMs: 2000 },
    200,
  ],
  [
    'a slow round makes slow ticks',
    { hasChanged: false, tookMs: 20, sinceLastMs: 0, ...LONG },
    1980,
  ],
  ['but no slower than this', { hasChanged: false, tookMs: 200, sinceLastMs: 0, ...LONG }, 5000],
]
for (const [what, pace, expected] of CASES) {
  test(`R2 · rounds: ${what}`, t => t.is(untilNextMs(pace), expected))
}

test('R2 · a round is for all that wait; who has left is not asked, and nothing runs on', async t => {
  const rounds = startRounds()
  const asked: string[] = []
  const leaveFirst = rounds.join(() => asked.push('first'))
  const leaveSecond = await new Promise<() => void>(resolve => {
    const leave = rounds.join(() => {
      asked.push('second')
      resolve(leave)
    })
    rounds.soon()
    rounds.soon()
  })
  t.deepEqual(asked, ['first', 'second'])
  leaveFirst()
  const leaveThird = await new Promise<() => void>(resolve => {
    const leave = rounds.join(() => resolve(leave))
    rounds.soon()
  })
  t.deepEqual(asked.slice(2), ['second'])
  // The process of this test would not end otherwise.
  leaveSecond()
  leaveThird()
})
