import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { assess, viewOf, type Verdict } from '../../src/status/index.ts'
import { event, live } from './build.ts'

const SINCE = '2026-11-21T10:00:00Z'
const BEFORE = '2026-11-21T09:00:00Z'
const AFTER = '2026-11-21T10:04:00Z'

type State = Verdict['state']

function row(title: string, object: KubeObject, state: State, message: string | RegExp): void {
  withRelated(title, { object, related: [], state, message })
}

interface Row {
  object: KubeObject
  related: KubeObject[]
  state: State
  message: string | RegExp
}

function withRelated(title: string, { object, related, state, message }: Row): void {
  test(`R13 · ${title}`, t => {
    const verdict = assess({ object, related: viewOf(related), since: SINCE })
    t.is(verdict.state, state, verdict.message)
    if (typeof message === 'string') t.is(verdict.message, message)
    else t.regex(verdict.message, message)
    t.is(verdict.diagnosis === undefined, state !== 'failed', 'a failure always has a diagnosis')
  })
}

// Service
const service = (spec: object, status?: object) =>
  live('v1', 'Service', 'chat-svc', { spec, status })
row(
  'Service with a cluster IP',
  service({ clusterIP: '10.96.0.7' }),
  'ready',
  'chat-svc.llm-ops.svc',
)
row('headless Service', service({ clusterIP: 'None' }), 'ready', 'chat-svc.llm-ops.svc')
row('Service without an IP yet', service({ clusterIP: '' }), 'progressing', /cluster IP/)
row(
  'ExternalName needs none (R10)',
  service({ type: 'ExternalName', externalName: 'api.example.com' }),
  'ready',
  'stands for api.example.com',
)
row(
  'LoadBalancer without an address',
  service({ type: 'LoadBalancer', clusterIP: '10.96.0.7' }, { loadBalancer: {} }),
  'progressing',
  'waiting for an address of the load balancer',
)
row(
  'LoadBalancer with an address',
  service(
    { type: 'LoadBalancer', clusterIP: '10.96.0.7' },
    { loadBalancer: { ingress: [{ ip: '203.0.113.9' }] } },
  ),
  'ready',
  'load balancer 203.0.113.9',
)

// Ingress
const ingress = (status?: object) =>
  live('networking.k8s.io/v1', 'Ingress', 'chat-ingress', { status })
row('Ingress without a controller', ingress({ loadBalancer: {} }), 'ready', /no controller/)
row(
  'Ingress with an address',
  ingress({ loadBalancer: { ingress: [{ hostname: 'lb.example.com' }] } }),
  'ready',
  'at lb.example.com',
)

// HorizontalPodAutoscaler
const hpa = (conditions?: object[]) =>
  live('autoscaling/v2', 'HorizontalPodAutoscaler', 'chat-hpa', {
    spec: { minReplicas: 1, maxReplicas: 4 },
    status: { currentReplicas: 2, conditions },
  })
const able = { type: 'AbleToScale', status: 'True', reason: 'ReadyForNewScale' }
const active = (status: string, reason: string, lastTransitionTime = AFTER) => ({
  type: 'ScalingActive',
  status,
  reason,
  message: 'x',
  lastTransitionTime,
})
row('HPA that nobody has looked at', hpa(), 'ready', '2 of 1 to 4 replicas')
row('HPA that scales', hpa([able, active('True', 'ValidMetricFound')]), 'ready', /^2 of 1 to 4/)
row(
  'HPA without metrics yet',
  hpa([able, active('False', 'FailedGetResourceMetric')]),
  'ready',
  'does not scale yet: FailedGetResourceMetric: x',
)
row('HPA of 0 replicas', hpa([able, active('False', 'ScalingDisabled')]), 'ready', /^2 of 1 to 4/)
row(
  'HPA with an invalid selector',
  hpa([able, active('False', 'InvalidSelector')]),
  'failed',
  /InvalidSelector/,
)
row(
  'HPA with an invalid selector before our write',
  hpa([able, active('False', 'InvalidSelector', BEFORE)]),
  'ready',
  /does not scale yet/,
)
row(
  'HPA whose target is not there',
  hpa([{ ...able, status: 'False', reason: 'FailedGetScale', message: 'not found' }]),
  'progressing',
  'FailedGetScale: not found',
)

// PersistentVolumeClaim
const claim = (phase: string) =>
  live('v1', 'PersistentVolumeClaim', 'models', {
    spec: { storageClassName: 'fast' },
    status: { phase },
  })
row('PVC bound', claim('Bound'), 'ready', 'bound')
row('PVC pending', claim('Pending'), 'progressing', 'waiting to be bound to a volume')
row('PVC lost', claim('Lost'), 'failed', 'its volume is lost')
withRelated('PVC that cannot be provisioned', {
  object: claim('Pending'),
  related: [event(claim('Pending'), { reason: 'ProvisioningFailed', message: 'no such class' })],
  state: 'progressing',
  message: 'waiting to be bound to a volume; no such class',
})
withRelated('PVC that waits for its first pod, as its class says', {
  object: claim('Pending'),
  related: [
    live('storage.k8s.io/v1', 'StorageClass', 'fast', {
      volumeBindingMode: 'WaitForFirstConsumer',
    }),
  ],
  state: 'ready',
  message: 'will be bound for its first pod',
})
withRelated('PVC that waits for its first pod, as an event says', {
  object: claim('Pending'),
  related: [event(claim('Pending'), { reason: 'WaitForFirstConsumer', type: 'Normal' })],
  state: 'ready',
  message: 'will be bound for its first pod',
})

// CustomResourceDefinition
const definition = (conditions: object[]) =>
  live('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'tests.example.com', {
    status: { conditions },
  })
row(
  'CRD established',
  definition([{ type: 'Established', status: 'True' }]),
  'ready',
  'established',
)
row('CRD being established', definition([]), 'progressing', /waiting for its kind/)
row(
  'CRD whose names are taken',
  definition([
    {
      type: 'NamesAccepted',
      status: 'False',
      reason: 'ListKindConflict',
      lastTransitionTime: AFTER,
    },
  ]),
  'failed',
  'ListKindConflict',
)
row(
  'CRD whose names were taken before our write',
  definition([{ type: 'NamesAccepted', status: 'False', lastTransitionTime: BEFORE }]),
  'progressing',
  /waiting for its kind/,
)

// Others that are stored
row(
  'Namespace active',
  live('v1', 'Namespace', 'llm-ops', { status: { phase: 'Active' } }),
  'ready',
  'active',
)
row('Namespace new', live('v1', 'Namespace', 'llm-ops'), 'progressing', /active/)
row(
  'PDB',
  live('policy/v1', 'PodDisruptionBudget', 'chat-pdb', { status: { disruptionsAllowed: 1 } }),
  'ready',
  '1 disruptions allowed now',
)
row(
  'PDB nobody has looked at',
  live('policy/v1', 'PodDisruptionBudget', 'chat-pdb'),
  'ready',
  'stored',
)
for (const [apiVersion, kind] of [
  ['v1', 'ConfigMap'],
  ['v1', 'Secret'],
  ['v1', 'ServiceAccount'],
  ['rbac.authorization.k8s.io/v1', 'Role'],
  ['monitoring.coreos.com/v1', 'ServiceMonitor'],
] as const) {
  row(`${kind} is ready once stored`, live(apiVersion, kind, 'chat'), 'ready', 'stored')
}

// Any other kind
const custom = (status: object, generation = 2) =>
  live('example.com/v1', 'Database', 'db', { metadata: { generation }, status })
const condition = (type: string, status: string, more: object = {}) => ({
  conditions: [
    { type, status, reason: 'Because', message: 'of it', lastTransitionTime: AFTER, ...more },
  ],
})
row('Ready=True', custom(condition('Ready', 'True')), 'ready', 'ready')
row('Ready=False waits', custom(condition('Ready', 'False')), 'progressing', 'Because: of it')
row('Ready=Unknown waits', custom(condition('Ready', 'Unknown')), 'progressing', 'Because: of it')
row(
  'Ready=True of another generation',
  custom(condition('Ready', 'True', { observedGeneration: 1 })),
  'progressing',
  'waiting for its status',
)
row(
  'observedGeneration behind',
  custom({ observedGeneration: 1, ...condition('Ready', 'True') }),
  'progressing',
  'waiting for generation 2 to be observed (last seen 1)',
)
row('Reconciling', custom(condition('Reconciling', 'True')), 'progressing', 'Because: of it')
row('Stalled', custom(condition('Stalled', 'True')), 'failed', 'Because: of it')
row(
  'Stalled before our write',
  custom(condition('Stalled', 'True', { lastTransitionTime: BEFORE })),
  'progressing',
  'Because: of it',
)
row(
  'Stalled of another generation',
  custom(condition('Stalled', 'True', { observedGeneration: 1 })),
  'progressing',
  'Because: of it',
)
row(
  'a kind of the same name in another group',
  live('serving.knative.dev/v1', 'Service', 'x', { status: condition('Ready', 'False') }),
  'progressing',
  'Because: of it',
)
