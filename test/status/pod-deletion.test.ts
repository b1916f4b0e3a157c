import { deployment, event, live, replicaSet } from './build.ts'
import { deleted, ending, row } from './deletion-table.ts'

row('D8 · a pod within its grace period', () => ({
  object: ending('chat-1', '2026-11-21T10:12:40Z'),
  cause: 'pod-termination',
  summary: 'pod chat-1 is within its grace period of 120s',
  evidence: ['40s of its grace period left'],
  outlook: 'waiting',
}))
row('D8 · of several pods the last one counts', () => {
  const object = deleted(deployment(), { finalizers: ['foregroundDeletion'] })
  const set = replicaSet(object, { revision: 1 })
  return {
    object,
    related: [
      set,
      ending('a', '2026-11-21T10:12:05Z', { owner: set }),
      ending('b', '2026-11-21T10:13:00Z', { owner: set }),
    ],
    cause: 'pod-termination',
    summary: '2 pods are ending, pod b is within its grace period of 120s',
    evidence: ['1m of its grace period left'],
    outlook: 'waiting',
  }
})
row('D8 · just after the grace period the kubelet is given a moment', () => ({
  object: ending('chat-1', '2026-11-21T10:11:50Z'),
  cause: 'pod-termination',
  summary: 'pod chat-1 is within its grace period of 120s',
  evidence: ['0s of its grace period left'],
  outlook: 'waiting',
}))
row('D8 · a pod stuck on a node that does not report', () => ({
  object: ending('chat-1', '2026-11-21T10:02:00Z', { spec: { nodeName: 'gpu-1' } }),
  related: [
    live('v1', 'Node', 'gpu-1', {
      status: {
        conditions: [
          {
            type: 'Ready',
            status: 'Unknown',
            reason: 'NodeStatusUnknown',
            message: 'Kubelet stopped posting node status.',
          },
        ],
      },
    }),
  ],
  cause: 'pod-termination',
  summary: 'pod chat-1 has not ended 10m after its grace period: its node gpu-1 is not ready',
  remedy:
    /kubectl -n llm-ops delete pod chat-1 --grace-period=0 --force, or .* --force-delete-pods$/,
  evidence: ['node gpu-1: NodeStatusUnknown: Kubelet stopped posting node status.'],
}))
row('D8 · a pod stuck for no known reason', () => ({
  object: ending('chat-1', '2026-11-21T10:02:00Z'),
  cause: 'pod-termination',
  summary: /its node node-1 has not confirmed the end/,
  evidence: ['may ignore SIGTERM'],
}))
row('D8 · the kubelet says that it cannot kill it', () => {
  const object = ending('chat-1', '2026-11-21T10:02:00Z')
  return {
    object,
    related: [
      event(object, {
        reason: 'FailedKillPod',
        message: 'error killing pod: context deadline exceeded',
      }),
    ],
    cause: 'pod-termination',
    summary: /its node cannot end it/,
    evidence: ['error killing pod'],
  }
})
row('D8 · a pod held by a finalizer', () => ({
  object: ending('chat-1', '2026-11-21T10:02:00Z', {
    metadata: { finalizers: ['example.com/drain'] },
  }),
  cause: 'pod-termination',
  summary: /the finalizer example\.com\/drain holds it/,
  remedy: /^find out which controller that is.*--force-finalizers takes it off$/,
}))
row('D8 · a StatefulSet pod warns that two copies may run, and names its volume', () => {
  const set = live('apps/v1', 'StatefulSet', 'chat')
  const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'data-chat-0' } }]
  return {
    object: ending('chat-0', '2026-11-21T10:02:00Z', {
      owner: set,
      spec: { nodeName: 'n', volumes },
    }),
    cause: 'pod-termination',
    summary: /has not ended/,
    remedy: /two copies with one identity may then run at once/,
    evidence: ['it uses PersistentVolumeClaim data-chat-0'],
  }
})
