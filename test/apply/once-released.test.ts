import test from 'ava'
import { ClusterError } from '../../src/cluster/index.ts'
import type { Action } from '../../src/plan/index.ts'
import type { EventBody, Run } from '../../src/apply/run.ts'
import { onceReleased } from '../../src/apply/write/once-released.ts'

/** What a deletion gives back comes with a delay; what nothing is deleted for is not waited for. */

const REF = { apiVersion: 'v1', kind: 'Service', namespace: 'models', name: 'chat-svc' }
const OVER = new ClusterError({ type: 'quota', status: 403, message: 'exceeded quota: one' })
const REFUSED = new ClusterError({ type: 'invalid', status: 422, message: 'no', causes: [] })

function aRun(...types: Action['type'][]) {
  const events: EventBody[] = []
  const actions = types.map(type => ({ type, ref: REF }))
  const signal = new AbortController().signal
  const emit = (event: EventBody) => events.push(event)
  return { run: { plan: { endpoints: [{ actions }] }, emit, signal } as unknown as Run, events }
}
const TAKEN = new ClusterError({
  type: 'invalid',
  status: 422,
  message: 'no',
  causes: [
    {
      reason: 'FieldValueInvalid',
      field: 'spec.ports[0].nodePort',
      message: 'Invalid value: 31902: provided port is already allocated',
    },
  ],
})

const ACTION = { type: 'create', ref: REF } as Action

/** Fails so many times with the error. */
function failing(error: Error, times: number) {
  let calls = 0
  const work = async () => {
    calls += 1
    if (calls <= times) throw error
    return 'written'
  }
  return { work, calls: () => calls }
}

for (const type of ['replace', 'prune', 'switch'] as const) {
  test(`R4 · beside a ${type} a full quota is tried again until it has counted the deletion`, async t => {
    const { run, events } = aRun('create', type)
    const { work, calls } = failing(OVER, 2)
    t.is(await onceReleased(run, ACTION, work), 'written')
    t.is(calls(), 3)
    t.deepEqual(
      events.map(event => event.type),
      ['retrying', 'retrying'],
    )
  })
}

test('R4 · where nothing is deleted a full quota fails at once', async t => {
  const { run, events } = aRun('create', 'update', 'adopt')
  const { work, calls } = failing(OVER, 1)
  t.is(await t.throwsAsync(onceReleased(run, ACTION, work)), OVER)
  t.deepEqual([calls(), events], [1, []])
})

test('R4 · any other refusal fails at once', async t => {
  const { run } = aRun('replace')
  const { work, calls } = failing(REFUSED, 1)
  t.is(await t.throwsAsync(onceReleased(run, ACTION, work)), REFUSED)
  t.is(calls(), 1)
})

test('R4 · the node port of a Service that was just deleted is free a moment later', async t => {
  const { run, events } = aRun('replace')
  const { work, calls } = failing(TAKEN, 1)
  t.is(await onceReleased(run, ACTION, work), 'written')
  t.deepEqual([calls(), events.map(event => event.type)], [2, ['retrying']])
})

test('R4 · a node port of another Service fails at once where nothing is deleted', async t => {
  const { run } = aRun('create')
  const { work } = failing(TAKEN, 1)
  t.is(await t.throwsAsync(onceReleased(run, ACTION, work)), TAKEN)
})
