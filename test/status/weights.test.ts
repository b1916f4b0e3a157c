import test from 'ava'
import { podClause } from '../../src/status/pod-clause.ts'
import { viewOf } from '../../src/status/index.ts'

const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'chat-1', namespace: 'llm', uid: 'uid-chat-1' },
  spec: {
    containers: [{ name: 'server', image: 'registry.example.com/server:1' }],
    volumes: [{ name: 'model', image: { reference: 'registry.example.com/llama:3.1' } }],
  },
  status: {
    phase: 'Pending',
    conditions: [
      { type: 'PodScheduled', status: 'True', lastTransitionTime: '2026-11-21T10:00:00Z' },
    ],
  },
}

const event = (reason: string, image: string, time: string) => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: `event-${time}`, namespace: 'llm', uid: `uid-${time}` },
  involvedObject: { kind: 'Pod', namespace: 'llm', name: 'chat-1', uid: 'uid-chat-1' },
  reason,
  message: `${reason} image "${image}"`,
  lastTimestamp: time,
})

const clause = (...events: object[]) =>
  podClause(POD, {
    object: POD,
    related: viewOf([POD, ...events] as (typeof POD)[]),
    now: '2026-11-21T10:04:00Z',
  })

test('a pod that pulls its weights says so, and not that it pulls its server', t => {
  const weights = event('Pulling', 'registry.example.com/llama:3.1', '2026-11-21T10:00:01Z')
  t.is(clause(weights), 'pulling weights registry.example.com/llama:3.1 for 4m')
  const server = event('Pulling', 'registry.example.com/server:1', '2026-11-21T10:03:00Z')
  t.is(clause(weights, server), 'pulling image registry.example.com/server:1 for 4m')
  t.is(clause(), 'its images are being pulled for 4m')
})
