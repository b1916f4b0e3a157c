import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { endpointStatus, judgeWritten, viewOf } from '../../src/status/index.ts'
import { deployment, live } from './build.ts'

/** Apply's wait and status judge alike. */

const WRITTEN = '2026-11-21T10:00:00Z'
const SOON = '2026-11-21T10:00:10Z'
const LATER = '2026-11-21T10:00:31Z'

const hpa = (reason: string, lastTransitionTime: string, type = 'ScalingActive'): KubeObject =>
  live('autoscaling/v2', 'HorizontalPodAutoscaler', 'chat-hpa', {
    spec: { minReplicas: 1, maxReplicas: 4 },
    status: {
      conditions: [{ type, status: 'False', reason, message: 'x', lastTransitionTime }],
    },
  })

function judged(object: KubeObject, now: string, writtenAt?: string) {
  const objects = [deployment(), object]
  return judgeWritten({
    objects,
    desired: objects,
    related: viewOf(objects),
    now,
    since: WRITTEN,
    writtenAt,
  })
}

function seen(object: KubeObject, now: string) {
  const objects = [deployment(), object]
  return endpointStatus({ objects, related: viewOf(objects), now, since: WRITTEN })
}

test('R13 · an autoscaler that cannot work fails the endpoint for apply as for status', t => {
  const broken = hpa('AmbiguousSelector', SOON)
  t.is(judged(broken, SOON).verdict.state, 'failed')
  t.is(judged(broken, SOON).verdict.diagnosis?.cause, 'autoscaler')
  t.is(seen(broken, SOON).state, 'failed')
})

test('R13 · what an autoscaler said before a write that may have mended it is waited for, and fails when it stands', t => {
  const before = hpa('AmbiguousSelector', '2026-11-21T09:00:00Z')
  t.is(judged(before, SOON).verdict.state, 'progressing')
  t.is(seen(before, SOON).state, 'progressing')
  t.is(judged(before, LATER).verdict.state, 'failed')
  t.is(seen(before, LATER).state, 'failed')
})

test('R13 · a write to another object of the endpoint may mend its autoscaler, too', t => {
  const before = hpa('AmbiguousSelector', SOON)
  t.is(judged(before, LATER, '2026-11-21T10:00:30Z').verdict.state, 'progressing')
  t.is(judged(before, LATER).verdict.state, 'failed')
})

test('R13 · an autoscaler without metrics, or that has not found its target yet, holds no apply', t => {
  t.is(judged(hpa('FailedGetResourceMetric', SOON), SOON).verdict.state, 'ready')
  t.is(judged(hpa('ScalingDisabled', SOON), SOON).verdict.state, 'ready')
  t.is(judged(hpa('FailedGetScale', SOON, 'AbleToScale'), SOON).verdict.state, 'ready')
})

test('R13 · a load balancer without an address holds no apply, and status only for two minutes', t => {
  const balancer = live('v1', 'Service', 'chat-svc', {
    spec: { type: 'LoadBalancer', clusterIP: '10.96.0.7' },
  })
  t.is(judged(balancer, SOON).verdict.state, 'ready')
  t.is(seen(balancer, SOON).state, 'progressing')
  t.is(seen(balancer, '2026-11-21T10:02:00Z').state, 'ready')
})
