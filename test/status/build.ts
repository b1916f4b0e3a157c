import type { KubeObject, ObjectMeta } from '../../src/object/index.ts'

/** Live objects for tables: as the API server would give them, with only what a row is about. */

type Extra = Record<string, unknown>

export const CREATED = '2026-11-21T10:00:00Z'
export const IMAGE = 'registry.example.com/team/chat:v12'

export function live(
  apiVersion: string,
  kind: string,
  name: string,
  extra: Extra = {},
): KubeObject {
  const { metadata, ...rest } = extra
  return {
    apiVersion,
    kind,
    metadata: metaOf(kind, name, metadata as Partial<ObjectMeta>),
    ...rest,
  }
}

function metaOf(kind: string, name: string, more: Partial<ObjectMeta> = {}): ObjectMeta {
  return {
    name,
    namespace: 'llm-ops',
    uid: `${kind}-${name}`,
    creationTimestamp: CREATED,
    ...more,
  }
}

export function ownedBy(owner: KubeObject): Pick<ObjectMeta, 'ownerReferences'> {
  const { apiVersion, kind, metadata } = owner
  const { name, uid = '' } = metadata
  return { ownerReferences: [{ apiVersion, kind, name, uid, controller: true }] }
}

export function template(image = IMAGE): Extra {
  return {
    metadata: { labels: { app: 'chat' } },
    spec: { containers: [{ name: 'server', image, ports: [{ containerPort: 8000 }] }] },
  }
}

interface DeploymentInput {
  replicas?: number
  generation?: number
  spec?: Extra
  status?: Extra
  image?: string
  metadata?: Partial<ObjectMeta>
}

/** Generation 2, observed; complete with 3 replicas unless the row says otherwise. */
export function deployment(input: DeploymentInput = {}): KubeObject {
  const { replicas = 3, generation = 2, spec, status, image, metadata } = input
  const counts = {
    replicas,
    updatedReplicas: replicas,
    readyReplicas: replicas,
    availableReplicas: replicas,
  }
  return live('apps/v1', 'Deployment', 'chat', {
    metadata: { generation, ...metadata },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'chat' } },
      template: template(image),
      ...spec,
    },
    status: { observedGeneration: generation, ...counts, ...status },
  })
}

interface ReplicaSetInput {
  revision: number
  image?: string
  replicas?: number
  status?: Extra
}

export function replicaSet(owner: KubeObject, input: ReplicaSetInput): KubeObject {
  const { revision, image, replicas = 1, status } = input
  const name = `${owner.metadata.name}-${revision}`
  const made = template(image) as { metadata: { labels: Extra }; spec: Extra }
  const labels = { ...made.metadata.labels, 'pod-template-hash': String(revision) }
  return live('apps/v1', 'ReplicaSet', name, {
    metadata: {
      ...ownedBy(owner),
      annotations: { 'deployment.kubernetes.io/revision': String(revision) },
    },
    spec: { replicas, template: { ...made, metadata: { labels } } },
    status: { replicas, ...status },
  })
}

interface PodInput {
  owner?: KubeObject
  metadata?: Partial<ObjectMeta>
  spec?: Extra
  status?: Extra
}

export function pod(name: string, { owner, metadata, spec, status }: PodInput = {}): KubeObject {
  return live('v1', 'Pod', name, {
    metadata: { ...(owner && ownedBy(owner)), labels: { app: 'chat' }, ...metadata },
    spec: { nodeName: 'node-1', containers: [{ name: 'server', image: IMAGE }], ...spec },
    status: { phase: 'Running', ...status },
  })
}

export const SCHEDULED = { type: 'PodScheduled', status: 'True', lastTransitionTime: CREATED }

export const READY_STATUS: Extra = {
  conditions: [
    SCHEDULED,
    { type: 'Ready', status: 'True', lastTransitionTime: '2026-11-21T10:01:00Z' },
  ],
  containerStatuses: [{ name: 'server', ready: true, started: true, state: { running: {} } }],
}

/** Running, startup probe not passed. */
export const LOADING_STATUS: Extra = {
  conditions: [SCHEDULED],
  containerStatuses: [
    {
      name: 'server',
      ready: false,
      started: false,
      restartCount: 0,
      state: { running: { startedAt: '2026-11-21T10:02:00Z' } },
    },
  ],
}

export function waitingStatus(reason: string, message = '', restartCount = 0): Extra {
  const lastState = restartCount === 0 ? {} : { terminated: { exitCode: 1, reason: 'Error' } }
  const status = { name: 'server', ready: false, restartCount, lastState }
  return {
    phase: reason === 'CrashLoopBackOff' ? 'Running' : 'Pending',
    conditions: [SCHEDULED],
    containerStatuses: [{ ...status, state: { waiting: { reason, message } } }],
  }
}

export const CRASHING = waitingStatus('CrashLoopBackOff', 'back-off 40s restarting', 4)
export const IMAGE_MISSING = waitingStatus(
  'ImagePullBackOff',
  `Back-off pulling image "${IMAGE}": ErrImagePull: ${IMAGE}: not found`,
)
export const UNSCHEDULABLE: Extra = {
  phase: 'Pending',
  conditions: [
    {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message:
        '0/3 nodes are available: 3 Insufficient nvidia.com/gpu. no new claims to deallocate, preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.',
    },
  ],
}

interface EventInput {
  reason: string
  message?: string
  type?: 'Normal' | 'Warning'
  at?: string
}

let events = 0

export function event(object: KubeObject, input: EventInput): KubeObject {
  const { reason, message = '', type = 'Warning', at = '2026-11-21T10:03:00Z' } = input
  const { kind, metadata } = object
  const { namespace, name, uid } = metadata
  events += 1
  return live('v1', 'Event', `event-${events}`, {
    involvedObject: { kind, namespace, name, uid },
    type,
    reason,
    message,
    lastTimestamp: at,
  })
}
