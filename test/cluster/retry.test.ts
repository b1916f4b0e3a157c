import test from 'ava'
import type { Failure } from '../../src/cluster/failure/failure.ts'
import { BUDGET, retryAfter, type Attempt } from '../../src/cluster/transport/retry.ts'

type Bare = Failure extends infer F ? (F extends Failure ? Omit<F, 'message'> : never) : never

function attempt(failure: Bare, more: Partial<Attempt> = {}): Attempt {
  return {
    failure: { message: '', ...failure },
    idempotent: true,
    attempt: 1,
    elapsedSeconds: 0,
    random: 0,
    ...more,
  }
}

const RETRIED: [string, Bare][] = [
  ['429', { type: 'throttled', status: 429 }],
  ['502', { type: 'server', status: 502 }],
  ['503', { type: 'server', status: 503 }],
  ['504', { type: 'timeout', status: 504 }],
  ['etcd leader change', { type: 'server', status: 500 }],
  ['quota race', { type: 'server', status: 409 }],
  ['admission not ready', { type: 'server', status: 403 }],
  ['connection refused', { type: 'unreachable', status: 0, why: 'refused' }],
  ['connection lost', { type: 'unreachable', status: 0, why: 'reset' }],
  ['name server away', { type: 'unreachable', status: 0, why: 'dns-temporary' }],
  ['K6 · webhook down', { type: 'webhook-unavailable', status: 500, webhook: 'x' }],
]

for (const [title, failure] of RETRIED) {
  test(`R4 · tried again: ${title}`, t => {
    t.true((retryAfter(BUDGET, attempt(failure))?.delaySeconds ?? 0) > 0)
  })
}

const FINAL: [string, Bare][] = [
  ['unknown name', { type: 'unreachable', status: 0, why: 'dns' }],
  ['untrusted certificate', { type: 'unreachable', status: 0, why: 'tls' }],
  ['invalid', { type: 'invalid', status: 422, causes: [] }],
  ['schema', { type: 'schema', status: 500 }],
  ['denied', { type: 'denied', status: 403 }],
  ['quota exceeded', { type: 'quota', status: 403 }],
  ['forbidden', { type: 'forbidden', status: 403 }],
  ['unauthorized', { type: 'unauthorized', status: 401 }],
  ['field conflict', { type: 'field-conflict', status: 409, conflicts: [] }],
  ['stale', { type: 'stale', status: 409 }],
  ['already exists', { type: 'already-exists', status: 409 }],
  ['being deleted', { type: 'being-deleted', status: 409 }],
  ['aborted', { type: 'aborted', status: 0 }],
]

for (const [title, failure] of FINAL) {
  test(`R4 · not tried again: ${title}`, t => {
    t.is(retryAfter(BUDGET, attempt(failure)), undefined)
  })
}

/** A create may have been carried out when its answer is lost. */
const ONCE: [string, Bare, boolean][] = [
  ['429', { type: 'throttled', status: 429 }, true],
  ['503', { type: 'server', status: 503 }, true],
  ['quota race', { type: 'server', status: 409 }, true],
  ['admission not ready', { type: 'server', status: 403 }, true],
  ['never connected', { type: 'unreachable', status: 0, why: 'refused' }, true],
  ['webhook down', { type: 'webhook-unavailable', status: 500, webhook: 'x' }, true],
  ['502', { type: 'server', status: 502 }, false],
  ['504', { type: 'timeout', status: 504 }, false],
  ['connection lost', { type: 'unreachable', status: 0, why: 'reset' }, false],
]

for (const [title, failure, expected] of ONCE) {
  test(`R4 · a request that is not idempotent, ${title}: ${expected ? 'again' : 'not again'}`, t => {
    t.is(retryAfter(BUDGET, attempt(failure, { idempotent: false })) !== undefined, expected)
  })
}

test('delays grow, have an upper bound and some jitter', t => {
  const failure: Bare = { type: 'server', status: 503 }
  const delays = [1, 2, 3, 9].map(
    number => retryAfter(BUDGET, attempt(failure, { attempt: number }))?.delaySeconds,
  )
  t.deepEqual(delays, [0.125, 0.25, 0.5, 5])
  t.is(retryAfter(BUDGET, attempt(failure, { attempt: 9, random: 0.5 }))?.delaySeconds, 7.5)
})

const wish = (retryAfterSeconds: number): Bare => ({
  type: 'throttled',
  status: 429,
  retryAfterSeconds,
})

test("the server's own wish is honoured, unless it goes beyond the budget", t => {
  t.is(retryAfter(BUDGET, attempt(wish(7)))?.delaySeconds, 7)
  t.is(retryAfter(BUDGET, attempt(wish(61))), undefined)
})

/** When the last attempt is made, with the given jitter: as `patiently` counts. */
function lastAttemptAt(failure: Bare, random: number): number {
  let elapsedSeconds = 0
  for (let number = 1; ; number += 1) {
    const retry = retryAfter(BUDGET, attempt(failure, { attempt: number, elapsedSeconds, random }))
    if (retry === undefined) return elapsedSeconds
    elapsedSeconds += retry.delaySeconds
  }
}

for (const [title, failure] of RETRIED) {
  if (failure.type === 'webhook-unavailable') continue
  test(`R4 · tried for a minute, however fast each attempt fails: ${title}`, t => {
    for (const random of [0, 0.5, 0.999]) {
      const last = lastAttemptAt(failure, random)
      t.true(last >= 50 && last <= 60, `${last} s`)
    }
  })
}

test('the budget counts attempts and seconds', t => {
  const failure: Bare = { type: 'server', status: 503 }
  const budget = { attempts: 3, seconds: 20, webhookPatienceSeconds: 5 }
  t.truthy(retryAfter(budget, attempt(failure, { attempt: 2, elapsedSeconds: 10 })))
  t.is(retryAfter(budget, attempt(failure, { attempt: 3 })), undefined)
  t.is(retryAfter(budget, attempt(failure, { attempt: 2, elapsedSeconds: 19.9 })), undefined)
})

test('K6 · a webhook has its own patience', t => {
  const failure: Bare = { type: 'webhook-unavailable', status: 500, webhook: 'x' }
  const budget = { attempts: 3, seconds: 1, webhookPatienceSeconds: 30 }
  t.truthy(retryAfter(budget, attempt(failure, { attempt: 8, elapsedSeconds: 20 })))
  t.is(retryAfter(budget, attempt(failure, { attempt: 2, elapsedSeconds: 30 })), undefined)
  t.is(retryAfter({ ...budget, webhookPatienceSeconds: 0 }, attempt(failure)), undefined)
})

test('K6 · a webhook whose certificate is not trusted is not tried for long', t => {
  const failure: Bare = { type: 'webhook-unavailable', status: 500, webhook: 'x' }
  const after = (message: string, elapsedSeconds: number) =>
    retryAfter(BUDGET, {
      ...attempt(failure, { elapsedSeconds }),
      failure: { ...failure, message },
    })
  const untrusted =
    'tls: failed to verify certificate: x509: certificate signed by unknown authority'
  t.truthy(after(untrusted, 2), 'who injects certificates may be about to')
  t.is(after(untrusted, 10), undefined)
  t.truthy(after('dial tcp 10.0.0.1:443: connect: connection refused', 10))
})
