import test from 'ava'
import { phaseOf, type Phase } from '../../src/status/index.ts'
import { CRASHING, CREATED, LOADING_STATUS, pod, READY_STATUS, SCHEDULED } from './build.ts'

type Input = Parameters<typeof pod>[1]

function row(title: string, input: Input, phase: Phase, since?: string): void {
  test(`R2 · ${title}`, t => {
    const expected = since === undefined ? { phase } : { phase, since }
    t.deepEqual(phaseOf(pod('p', input)), expected)
  })
}

const INIT = { initContainers: [{ name: 'storage-initializer' }], containers: [{ name: 'server' }] }
const OTHER = { initContainers: [{ name: 'migrate' }], containers: [{ name: 'server' }] }
const running = (name: string) => ({
  name,
  state: { running: { startedAt: '2026-11-21T10:00:05Z' } },
})
const done = (name: string) => ({
  name,
  state: { terminated: { exitCode: 0, finishedAt: '2026-11-21T10:03:00Z' } },
})
const initializing = (init: object, main: object = {}) => ({
  conditions: [SCHEDULED],
  initContainerStatuses: [init],
  containerStatuses: [
    { name: 'server', state: { waiting: { reason: 'PodInitializing' } }, ...main },
  ],
})

row('not scheduled', { status: { phase: 'Pending' } }, 'scheduling', CREATED)
row(
  'image being pulled',
  { status: { conditions: [SCHEDULED] } },
  'pulling',
  SCHEDULED.lastTransitionTime,
)
row(
  'image of an init container being pulled',
  { spec: INIT, status: initializing({ name: 'storage-initializer', state: { waiting: {} } }) },
  'pulling',
  CREATED,
)
row(
  'model being fetched',
  { spec: INIT, status: initializing(running('storage-initializer')) },
  'fetching-model',
  '2026-11-21T10:00:05Z',
)
row(
  'another init container',
  { spec: OTHER, status: initializing(running('migrate')) },
  'initializing',
  '2026-11-21T10:00:05Z',
)
row(
  'model fetched, image of the server being pulled',
  { spec: INIT, status: initializing(done('storage-initializer')) },
  'pulling',
  '2026-11-21T10:03:00Z',
)
row('loading', { status: LOADING_STATUS }, 'loading', '2026-11-21T10:02:00Z')
row(
  'loading after the model was fetched',
  { spec: INIT, status: initializing(done('storage-initializer'), running('server')) },
  'loading',
  '2026-11-21T10:00:05Z',
)
row(
  'a sidecar runs on beside the others',
  {
    spec: {
      initContainers: [{ name: 'proxy', restartPolicy: 'Always' }],
      containers: [{ name: 'server' }],
    },
    status: initializing(running('proxy'), running('server')),
  },
  'loading',
  '2026-11-21T10:00:05Z',
)
row('ready', { status: READY_STATUS }, 'ready', '2026-11-21T10:01:00Z')
row('crashing', { status: CRASHING }, 'crashing')
row(
  'completed',
  { status: { phase: 'Succeeded', containerStatuses: [done('server')] } },
  'succeeded',
  '2026-11-21T10:03:00Z',
)
row('failed', { status: { phase: 'Failed' } }, 'failed')
row(
  'evicted',
  {
    status: {
      phase: 'Failed',
      conditions: [
        { type: 'DisruptionTarget', status: 'True', lastTransitionTime: '2026-11-21T10:04:00Z' },
      ],
    },
  },
  'failed',
  '2026-11-21T10:04:00Z',
)
row(
  'terminating since the deletion was asked for, not since its grace period ends',
  {
    metadata: { deletionTimestamp: '2026-11-21T10:10:30Z', deletionGracePeriodSeconds: 30 },
    status: READY_STATUS,
  },
  'terminating',
  '2026-11-21T10:10:00Z',
)
