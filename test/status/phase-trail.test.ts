import test from 'ava'
import { phaseTrail } from '../../src/status/phase-trail.ts'
import { pod } from './build.ts'

type Input = Parameters<typeof pod>[1]

// Created at 10:00:00.
const NOW = '2026-11-21T10:05:00Z'
const at = (time: string) => `2026-11-21T${time}Z`
const scheduled = { type: 'PodScheduled', status: 'True', lastTransitionTime: at('10:00:40') }
const ready = { type: 'Ready', status: 'True', lastTransitionTime: at('10:04:00') }
const init = {
  name: 'storage-initializer',
  state: {
    terminated: { exitCode: 0, startedAt: at('10:01:00'), finishedAt: at('10:02:30') },
  },
}
const main = { name: 'server', state: { running: { startedAt: at('10:02:50') } } }
const spec = { initContainers: [{ name: 'storage-initializer' }], containers: [{ name: 'server' }] }

function row(title: string, status: object, expected: string): void {
  test(`R2 · each phase has its own clock: ${title}`, t => {
    const trail = phaseTrail(pod('p', { spec, status } as Input), NOW)
    t.is(trail.map(({ phase, seconds }) => `${phase} ${seconds}`).join(', '), expected)
  })
}

row('not scheduled', { conditions: [] }, 'scheduling 300')
row('pulling', { conditions: [scheduled] }, 'scheduling 40, pulling 260')
row(
  'its model is being fetched',
  {
    conditions: [scheduled],
    initContainerStatuses: [
      { name: 'storage-initializer', state: { running: { startedAt: at('10:01:00') } } },
    ],
  },
  'scheduling 40, pulling 20, fetching-model 240',
)
row(
  'loading',
  { conditions: [scheduled], initContainerStatuses: [init], containerStatuses: [main] },
  'scheduling 40, pulling 20, fetching-model 90, pulling 20, loading 130',
)
row(
  'ready: the clock stands',
  {
    phase: 'Running',
    conditions: [scheduled, ready],
    initContainerStatuses: [init],
    containerStatuses: [{ ...main, ready: true }],
  },
  'scheduling 40, pulling 20, fetching-model 90, pulling 20, loading 70',
)
