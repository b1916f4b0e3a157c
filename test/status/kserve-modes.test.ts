import { child, service } from './kserve-build.ts'
import { row } from './kserve-table.ts'

// Settling: changes that no field of the Deployment shows
row('K3 · a change that shows nowhere is given two seconds', () => {
  const object = service('ready', { generation: 2 })
  return {
    object,
    related: [child(object)],
    since: '2026-11-21T00:40:00.500Z',
    now: '2026-11-21T00:40:01.300Z',
    state: 'progressing',
    message: 'waiting for KServe to take up the change',
  }
})
row('K3 · … and is ready after them', () => {
  const object = service('ready', { generation: 2 })
  return {
    object,
    related: [child(object)],
    since: '2026-11-21T00:40:00.500Z',
    now: '2026-11-21T00:40:02.600Z',
    state: 'ready',
    message: 'ready',
  }
})
row('K3 · … or as soon as KServe has written the Deployment', () => {
  const object = service('ready', { generation: 2 })
  const managedFields = [
    { manager: 'manager', operation: 'Update' as const, time: '2026-11-21T00:40:01Z' },
    { manager: 'kube-controller-manager', subresource: 'status', time: '2026-11-21T00:40:01Z' },
  ]
  return {
    object,
    related: [child(object, { metadata: { managedFields } })],
    since: '2026-11-21T00:40:00.500Z',
    now: '2026-11-21T00:40:01.300Z',
    state: 'ready',
    message: 'ready',
  }
})
row('K3 · what was created by our write needs no settling', () => {
  const object = service('ready')
  return {
    object,
    related: [child(object)],
    since: '2026-11-21T00:16:57.200Z',
    now: '2026-11-21T00:16:58.000Z',
    state: 'ready',
    message: 'ready',
  }
})

// Knative
const KNATIVE = { status: { deploymentMode: 'Knative' } }
row('K9 · in Knative mode Ready is believed once it has settled', () => {
  const conditions = [{ type: 'Ready', status: 'True' }]
  const object = { ...service('ready'), status: { ...KNATIVE.status, conditions } }
  return { object, since: '2026-11-21T00:39:00Z', state: 'ready', message: 'ready' }
})
row('K9 · in Knative mode a service that has no conditions yet', () => ({
  object: { ...service('ready'), ...KNATIVE },
  state: 'progressing',
  message: 'waiting for KServe',
}))

const ROUTED = [
  { type: 'PredictorConfigurationReady', status: 'True' },
  { type: 'PredictorRouteReady', status: 'True' },
  { type: 'Ready', status: 'True' },
]
row('K9 · without a mode in the status, Knative’s conditions tell that it is Knative', () => ({
  object: { ...service('ready'), status: { conditions: ROUTED } },
  since: '2026-11-21T00:39:00Z',
  state: 'ready',
  message: 'ready',
}))
const FAILED = {
  type: 'PredictorConfigurationReady',
  status: 'False',
  reason: 'RevisionFailed',
  message: 'Revision "chat-predictor-00001" failed with message: Container failed.',
  lastTransitionTime: '2026-11-21T00:39:30Z',
}
row('K9 · a revision that Knative has given up is not waited for', () => ({
  object: { ...service('ready'), status: { conditions: [FAILED] } },
  since: '2026-11-21T00:39:00Z',
  state: 'failed',
  message: `RevisionFailed: ${FAILED.message}`,
  cause: 'knative-revision',
}))
row('K9 · … but one of before our write says nothing', () => ({
  object: { ...service('ready'), status: { conditions: [FAILED] } },
  since: '2026-11-21T00:39:40Z',
  now: '2026-11-21T00:41:00Z',
  state: 'progressing',
  message: 'waiting for KServe',
}))

// Stopped
const STOP = { 'serving.kserve.io/stop': 'true' }
row('K3 · stopped by somebody is said, with the cure', () => ({
  object: service('stopped', { annotations: STOP }),
  state: 'progressing',
  message: 'stopped by the annotation serving.kserve.io/stop',
  cause: 'kserve-stopped',
}))
row('K3 · stopped as rendered is as it should be', () => ({
  object: service('stopped', { annotations: STOP }),
  desired: service('stopped', { annotations: STOP }),
  state: 'ready',
  message: 'stopped, as serving.kserve.io/stop asks',
}))
row('K3 · started again: Stopped=True is of before', () => ({
  object: service('stopped'),
  state: 'progressing',
  message: 'waiting for KServe to start it again',
}))
