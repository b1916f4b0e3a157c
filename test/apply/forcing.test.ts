import test from 'ava'
import { forcings, type ForcingInput } from '../../src/apply/delete/forcing.ts'
import type { KubeObject, ObjectMeta } from '../../src/object/index.ts'

const NOW = new Date('2026-11-21T10:12:00Z')
const PAST = '2026-11-21T10:00:00Z'
const LATER = '2026-11-21T10:13:00Z'

function object(kind: string, metadata: Partial<ObjectMeta>): KubeObject {
  return { apiVersion: 'v1', kind, metadata: { name: kind, deletionTimestamp: PAST, ...metadata } }
}

const ownedBy = (...uids: string[]) => ({
  ownerReferences: uids.map(uid => ({ apiVersion: 'v1', kind: 'X', name: 'x', uid })),
})
const held = { finalizers: ['foregroundDeletion', 'example.com/hold'] }

const forced = test.macro((t, expected: string[], input: Partial<ForcingInput>) => {
  const steps = forcings({
    left: [],
    family: new Set(['root', 'child']),
    forceFinalizers: true,
    forceDeletePods: true,
    now: NOW,
    ...input,
  })
  t.deepEqual(
    steps.map(({ how, object: { metadata } }) => `${how} ${metadata.uid}`),
    expected,
  )
})

test('D2 · a finalizer of the deleted object', forced, ['finalizers root'], {
  left: [object('Thing', { uid: 'root', ...held })],
})
test('D2 · never without being asked', forced, [], {
  left: [object('Thing', { uid: 'root', ...held }), object('Pod', { uid: 'child' })],
  forceFinalizers: false,
  forceDeletePods: false,
})
test('D2 · never of what is not being deleted', forced, [], {
  left: [
    {
      ...object('Thing', { uid: 'root', finalizers: held.finalizers }),
      metadata: { name: 'x', uid: 'root', ...held },
    },
  ],
})
test("D2 · never the garbage collector's, nor what guards data", forced, [], {
  left: [
    object('Thing', { uid: 'root', finalizers: ['foregroundDeletion', 'orphan'] }),
    object('PersistentVolumeClaim', {
      uid: 'child',
      ...ownedBy('root'),
      finalizers: ['kubernetes.io/pvc-protection'],
    }),
  ],
})
test('D2 · of what it owned, directly or not', forced, ['finalizers grandchild'], {
  family: new Set(['root', 'child', 'grandchild']),
  left: [object('Thing', { uid: 'grandchild', ...ownedBy('child'), ...held })],
})
test('D2 · not of what somebody else owns, too', forced, [], {
  left: [object('Thing', { uid: 'child', ...ownedBy('root', 'stranger'), ...held })],
})
test('D2 · of the deleted object whoever owns it', forced, ['finalizers root'], {
  left: [object('Thing', { uid: 'root', ...ownedBy('stranger'), ...held })],
})
test('D8 · a pod past its grace period', forced, ['pod child'], {
  left: [object('Pod', { uid: 'child', ...ownedBy('root') })],
})
test('D8 · not a pod that still has time', forced, [], {
  left: [object('Pod', { uid: 'child', ...ownedBy('root'), deletionTimestamp: LATER })],
})
test('D8 · not a pod that nobody deleted', forced, [], {
  left: [{ ...object('Pod', {}), metadata: { name: 'pod', uid: 'child', ...ownedBy('root') } }],
})
test(
  'D2, D8 · a pod that a finalizer holds needs both',
  forced,
  ['finalizers child', 'pod child'],
  {
    left: [object('Pod', { uid: 'child', ...ownedBy('root'), ...held })],
  },
)
