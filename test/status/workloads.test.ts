import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { assess, viewOf, type Verdict } from '../../src/status/index.ts'
import { CRASHING, event, live, LOADING_STATUS, ownedBy, pod, READY_STATUS } from './build.ts'

const SINCE = '2026-11-21T10:00:00Z'

interface Row {
  object: KubeObject
  pods?: Record<string, unknown>[]
  related?: KubeObject[]
  state: Verdict['state']
  message: string | RegExp
}

function row(title: string, { object, pods = [], related = [], state, message }: Row): void {
  test(`R13 · ${title}`, t => {
    const owned = pods.map((status, index) => pod(`p-${index}`, { owner: object, status }))
    const verdict = assess({ object, related: viewOf([...owned, ...related]), since: SINCE })
    t.is(verdict.state, state, verdict.message)
    if (typeof message === 'string') t.is(verdict.message, message)
    else t.regex(verdict.message, message)
  })
}

function workload(kind: string, spec: object, status: object): KubeObject {
  const metadata = { generation: 2 }
  return live('apps/v1', kind, 'chat', {
    metadata,
    spec,
    status: { observedGeneration: 2, ...status },
  })
}

// StatefulSet
const COMPLETE = { replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3 }
const set = (status: object, spec: object = {}) =>
  workload('StatefulSet', { replicas: 3, ...spec }, status)
const strategy = (type: string, partition?: number) => ({
  updateStrategy: { type, ...(partition !== undefined && { rollingUpdate: { partition } }) },
})
row('StatefulSet complete', { object: set(COMPLETE), state: 'ready', message: '3 pods ready' })
row('StatefulSet not observed', {
  object: set({ ...COMPLETE, observedGeneration: 1 }),
  state: 'progressing',
  message: /waiting for generation 2/,
})
row('StatefulSet not created', {
  object: set({ ...COMPLETE, replicas: 1 }),
  state: 'progressing',
  message: '1 of 3 pods created',
})
row('StatefulSet not updated', {
  object: set({ ...COMPLETE, updatedReplicas: 2 }),
  state: 'progressing',
  message: '2 of 3 pods updated',
})
row('StatefulSet updated down to its partition', {
  object: set({ ...COMPLETE, updatedReplicas: 1 }, strategy('RollingUpdate', 2)),
  state: 'ready',
  message: '3 pods ready',
})
row('StatefulSet OnDelete does not wait for updates', {
  object: set({ ...COMPLETE, updatedReplicas: 0 }, strategy('OnDelete')),
  state: 'ready',
  message: '3 pods ready',
})
row('StatefulSet not available', {
  object: set({ ...COMPLETE, availableReplicas: 2 }),
  state: 'progressing',
  message: '2 of 3 pods available',
})
row('StatefulSet with pods too many', {
  object: set({ ...COMPLETE, replicas: 4 }),
  state: 'progressing',
  message: /surplus/,
})

function revisions(pods: [revision: string, status: Record<string, unknown>][]): Row {
  const object = set(
    { replicas: pods.length, updatedReplicas: 1, readyReplicas: 0, updateRevision: 'chat-b' },
    { replicas: pods.length },
  )
  const related = pods.map(([revision, status], index) =>
    pod(`chat-${index}`, {
      metadata: { ...ownedBy(object), labels: { 'controller-revision-hash': revision } },
      status,
    }),
  )
  return { object, related, state: 'progressing', message: /pods updated/ }
}
row('StatefulSet pods of the revision before are not judged', {
  ...revisions([
    ['chat-a', CRASHING],
    ['chat-b', LOADING_STATUS],
  ]),
  message: /1 of 2 pods updated; pod chat-1: started/,
})

// DaemonSet
const daemons = (status: object, spec: object = {}) => workload('DaemonSet', spec, status)
row('DaemonSet complete', {
  object: daemons({ desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2 }),
  state: 'ready',
  message: '2 pods ready',
})
row('DaemonSet that no node is selected for', {
  object: daemons({ desiredNumberScheduled: 0 }),
  state: 'ready',
  message: 'no node is selected',
})
row('DaemonSet not updated', {
  object: daemons({ desiredNumberScheduled: 2, updatedNumberScheduled: 1, numberAvailable: 2 }),
  state: 'progressing',
  message: '1 of 2 pods updated',
})
row('DaemonSet OnDelete', {
  object: daemons(
    { desiredNumberScheduled: 2, updatedNumberScheduled: 0, numberAvailable: 2 },
    strategy('OnDelete'),
  ),
  state: 'ready',
  message: '2 pods ready',
})
row('DaemonSet not available', {
  object: daemons({ desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 1 }),
  state: 'progressing',
  message: '1 of 2 pods available',
})
row('DaemonSet not observed', {
  object: daemons({ observedGeneration: 1 }),
  state: 'progressing',
  message: /generation 2/,
})

// ReplicaSet
const replicas = (availableReplicas: number) =>
  workload('ReplicaSet', { replicas: 2 }, { replicas: 2, availableReplicas })
row('ReplicaSet complete', { object: replicas(2), state: 'ready', message: '2 pods ready' })
row('ReplicaSet not available', {
  object: replicas(1),
  pods: [READY_STATUS, LOADING_STATUS],
  state: 'progressing',
  message: '1 of 2 pods available; pod p-1: started, not ready yet',
})
row('ReplicaSet doomed', {
  object: replicas(0),
  pods: [CRASHING, CRASHING],
  state: 'failed',
  message: /keeps ending/,
})

// Job
const job = (status: object) =>
  live('batch/v1', 'Job', 'train', { spec: { completions: 1 }, status })
const condition = (type: string, more: object = {}) => ({
  conditions: [{ type, status: 'True', lastTransitionTime: '2026-11-21T09:00:00Z', ...more }],
})
row('Job running', {
  object: job({ active: 1 }),
  pods: [LOADING_STATUS],
  state: 'progressing',
  message: '0 of 1 completed; pod p-0: started, not ready yet',
})
row('Job complete', { object: job(condition('Complete')), state: 'ready', message: 'completed' })
row('Job failed is final, whenever it was', {
  object: job(
    condition('Failed', {
      reason: 'BackoffLimitExceeded',
      message: 'Job has reached the specified backoff limit',
    }),
  ),
  state: 'failed',
  message: 'BackoffLimitExceeded: Job has reached the specified backoff limit',
})
row('Job suspended', {
  object: job(condition('Suspended')),
  state: 'progressing',
  message: 'suspended (spec.suspend)',
})
test('K3 · a Job whose pods are refused says so by its events', t => {
  const object = job({})
  const message =
    'Error creating: pods "train-x" is forbidden: violates PodSecurity "baseline:latest": privileged (container "a" must not set securityContext.privileged=true)'
  const refused = event(object, { reason: 'FailedCreate', message })
  const verdict = assess({ object, related: viewOf([refused]), since: SINCE })
  t.is(verdict.state, 'failed')
  t.is(verdict.diagnosis?.cause, 'pod-security')
  const later = event(object, {
    reason: 'SuccessfulCreate',
    type: 'Normal',
    at: '2026-11-21T10:04:00Z',
  })
  t.is(assess({ object, related: viewOf([later, refused]), since: SINCE }).state, 'progressing')
})

// Pod
row('Pod ready', { object: pod('p', { status: READY_STATUS }), state: 'ready', message: 'ready' })
row('Pod completed', {
  object: pod('p', { status: { phase: 'Succeeded' } }),
  state: 'ready',
  message: 'completed',
})
row('Pod failed is final', {
  object: pod('p', { status: { phase: 'Failed' } }),
  state: 'failed',
  message: 'its containers failed',
})
row('Pod evicted', {
  object: pod('p', { status: { phase: 'Failed', reason: 'Evicted', message: 'low on memory' } }),
  state: 'failed',
  message: 'Evicted: low on memory',
})
row('Pod loading', {
  object: pod('p', { status: LOADING_STATUS }),
  state: 'progressing',
  message: 'started, not ready yet',
})
row('Pod crashing', {
  object: pod('p', { status: CRASHING }),
  state: 'failed',
  message: /keeps ending/,
})
row('Pod not seen by the scheduler', {
  object: pod('p', { spec: { nodeName: undefined }, status: { phase: 'Pending' } }),
  state: 'progressing',
  message: 'waiting to be scheduled',
})
