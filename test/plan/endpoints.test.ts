import test from 'ava'
import { readySeconds } from '../../src/plan/endpoints.ts'
import { renderSet } from '../../src/render/index.ts'
import { anEndpoint, aSet } from '../support/endpoint.ts'

const waits = test.macro((t, spec: Parameters<typeof anEndpoint>[0]) => {
  const { objects } = renderSet(aSet([anEndpoint(spec)]))
  const deadlines = objects.map(({ object }) => {
    const { progressDeadlineSeconds = 0 } = (object['spec'] ?? {}) as {
      progressDeadlineSeconds?: number
    }
    return progressDeadlineSeconds
  })
  t.true(Math.max(...deadlines) > 0)
  t.true(readySeconds(objects) > Math.max(...deadlines))
})

test('R2 · the wait is longer than the progress deadline', waits, {})
test('R2 · also after a long load and a long grace period', waits, {
  loadTime: '2h',
  shutdown: { gracePeriod: '15m', preStop: { sleep: '15s' } },
})
test('R2 · also with a startup window of its own', waits, {
  probes: {
    path: '/health',
    readiness: false,
    liveness: false,
    startup: { period: '60s', failures: 100 },
  },
})
test('R2 · nothing rendered waits no longer than it takes to place a pod', t => {
  t.is(readySeconds([]), 330)
})
