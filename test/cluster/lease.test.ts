import test from 'ava'
import {
  claimed,
  holderOf,
  identityOf,
  isHeldBy,
  renewed,
  secondsUntilFree,
  type LeaseObject,
} from '../../src/cluster/lease/record.ts'
import { secondsSince } from '../../src/cluster/lease/moment.ts'

const START = new Date('2026-01-01T00:00:00.250Z')
const CLAIM = {
  namespace: 'llm',
  name: 'slipway-models',
  ttlSeconds: 30,
  identity: identityOf('alice@laptop', 'a1'),
}

function lease(spec: LeaseObject['spec']): LeaseObject {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name: 'x', namespace: 'llm', resourceVersion: '7' },
    spec: { ...spec },
  }
}

const after = (seconds: number) => new Date(START.getTime() + seconds * 1000)

test('R1 · a claim says who, since when and for how long', t => {
  const { metadata, spec } = claimed(CLAIM, undefined, START)
  t.deepEqual(metadata, { name: 'slipway-models', namespace: 'llm' })
  t.deepEqual(spec, {
    holderIdentity: 'alice@laptop#a1',
    leaseDurationSeconds: 30,
    acquireTime: '2026-01-01T00:00:00.250000Z',
    renewTime: '2026-01-01T00:00:00.250000Z',
    leaseTransitions: 0,
  })
})

test('R1 · taking over keeps the resourceVersion, so that two cannot', t => {
  const taken = claimed(CLAIM, lease({ holderIdentity: 'bob#1', leaseTransitions: 4 }), START)
  t.is(taken.metadata.resourceVersion, '7')
  t.is(taken.spec?.leaseTransitions, 5)
  t.true(isHeldBy(taken, CLAIM.identity))
  t.is(renewed(taken, after(10)).spec?.renewTime, '2026-01-01T00:00:10.250000Z')
  t.is(renewed(taken, after(10)).spec?.acquireTime, '2026-01-01T00:00:00.250000Z')
})

test('R1 · the holder is named without what makes it unique', t => {
  t.is(
    holderOf(lease({ holderIdentity: 'https://ci.example.com/run/7#step-2#a1b2' })),
    'https://ci.example.com/run/7#step-2',
  )
  t.is(holderOf(lease({ holderIdentity: 'someone-else' })), 'someone-else')
  t.is(holderOf(lease({ holderIdentity: '' })), undefined)
  t.is(holderOf(undefined), undefined)
})

const HELD = { holderIdentity: 'bob#1', leaseDurationSeconds: 30, renewTime: START.toISOString() }

/** Lease, seconds it has been watched, the server's time since its renewal, seconds until it is free. */
const FREE: [string, LeaseObject | undefined, number, number, number][] = [
  ['nobody', undefined, 0, 0, 0],
  ['released', lease({ ...HELD, holderIdentity: '' }), 0, 0, 0],
  ['just renewed', lease(HELD), 0, 0, 30],
  ['watched for a while', lease(HELD), 20, 20, 10],
  ['watched for its whole time', lease(HELD), 30, 30, 0],
  ['not watched, expired not long ago', lease(HELD), 0, 45, 15],
  ['not watched, long dead', lease(HELD), 0, 61, 0],
  ['its clock is ahead of the server', lease(HELD), 0, -3600, 30],
  [
    'without a renewal time',
    lease({ holderIdentity: 'bob#1', leaseDurationSeconds: 30 }),
    12,
    9999,
    18,
  ],
  ['its own duration counts', lease({ ...HELD, leaseDurationSeconds: 100 }), 30, 30, 70],
]

for (const [title, seen, watched, sinceRenewal, expected] of FREE) {
  test(`R1 · free to be taken: ${title}`, t => {
    const wait = secondsUntilFree(
      { lease: seen, seenSeconds: 1000 },
      { seconds: 1000 + watched, serverTime: after(sinceRenewal) },
    )
    t.is(Math.round(wait * 1000) / 1000, expected)
  })
}

test('R1 · a machine that slept does not believe that it still holds the lock', t => {
  t.is(secondsSince({ steady: 100, wall: 5000 }, { steady: 101, wall: 8600 }), 3600)
  t.is(secondsSince({ steady: 100, wall: 5000 }, { steady: 130, wall: 1000 }), 30)
})
