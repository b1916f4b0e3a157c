import { mock } from 'node:test'
import test from 'ava'
import { startDepartures } from '../../src/apply/watch/departures.ts'
import { startRounds } from '../../src/apply/watch/rounds.ts'
import { until } from '../../src/apply/watch/until.ts'

/** Time is the test's own: it passes when it is told to. */
const { serial } = test

let now = 0
/** By how much the machine's clock was set, which the steady one does not follow. */
let setBy = 0

serial.beforeEach(() => {
  now = 0
  setBy = 0
  mock.timers.enable({ apis: ['setTimeout'] })
  mock.method(performance, 'now', () => now)
  mock.method(Date, 'now', () => now + setBy)
})
serial.afterEach.always(() => {
  mock.restoreAll()
  mock.timers.reset()
})

const UID = '7f3b'

/** A wait until the given time, and what has come of it. */
function wait(check: () => string | undefined, deadline: number) {
  const stopping = new AbortController()
  const broken: unknown[] = []
  const rounds = startRounds()
  const departures = startDepartures()
  let outcome = 'waiting'
  const limit = { deadline, signal: stopping.signal, uid: UID }
  void until({ check, limit, rounds, departures, broken }).then(
    value => (outcome = value ?? 'in vain'),
    (error: Error) => (outcome = error.message),
  )
  const pass = async (milliseconds: number) => {
    for (let passed = 0; passed < milliseconds; passed += 1) {
      now += 1
      mock.timers.tick(1)
    }
    await Promise.resolve()
    await Promise.resolve()
    return outcome
  }
  return { pass, rounds, departures, stopping, broken }
}

serial('R2 · nothing waits past its deadline, which is no second late', async t => {
  const { pass } = wait(() => undefined, 2300)
  t.is(await pass(0), 'waiting')
  t.is(await pass(2299), 'waiting')
  t.is(await pass(2), 'in vain')
})

serial('R2 · a clock that is set meanwhile neither ends a wait nor makes it longer', async t => {
  const { pass } = wait(() => undefined, 2300)
  t.is(await pass(1000), 'waiting')
  setBy = 3_600_000
  t.is(await pass(1000), 'waiting')
  t.is(await pass(301), 'in vain')
})

serial('R2 · a deadline that has passed is not waited for', async t => {
  const { pass } = wait(() => undefined, -5)
  t.is(await pass(0), 'in vain')
})

serial('R2 · a change is looked at soon, the clock once a second', async t => {
  let answer: string | undefined
  const { pass, rounds } = wait(() => answer, 60_000)
  answer = 'ready'
  t.is(await pass(900), 'waiting')
  t.is(await pass(100), 'ready')
  let other: string | undefined
  const changed = wait(() => other, 60_000)
  other = 'ready'
  changed.rounds.soon()
  t.is(await changed.pass(49), 'waiting')
  t.is(await changed.pass(1), 'ready')
  rounds.soon()
})

serial(
  'R2 · that an object has gone is looked at without any delay, by who waits for it alone',
  async t => {
    let isGone = false
    const { pass, departures } = wait(() => (isGone ? 'gone' : undefined), 60_000)
    isGone = true
    departures.tell('another')
    departures.tell(undefined)
    t.is(await pass(0), 'waiting')
    departures.tell(UID)
    t.is(await pass(0), 'gone')
  },
)

serial('R1 · an interruption and a watch that broke end a wait', async t => {
  const interrupted = wait(() => undefined, 60_000)
  interrupted.stopping.abort(new Error('interrupted'))
  t.is(await interrupted.pass(0), 'interrupted')
  const deaf = wait(() => undefined, 60_000)
  deaf.broken.push(new Error('the watch broke'))
  deaf.rounds.soon()
  t.is(await deaf.pass(50), 'the watch broke')
})

serial('R2 · what the check throws is the end of the wait', async t => {
  const { pass } = wait(() => {
    throw new Error('no such thing')
  }, 60_000)
  t.is(await pass(0), 'no such thing')
})
