import type { KubeObject } from '../../src/object/index.ts'
import {
  CRASHING,
  deployment,
  IMAGE_MISSING,
  LOADING_STATUS,
  pod,
  READY_STATUS,
  replicaSet,
} from './build.ts'
import { AFTER, rollout, row } from './rollout-table.ts'

row('K3 · fails early when every new pod is doomed', () => ({
  ...rollout({ newPods: [IMAGE_MISSING, IMAGE_MISSING] }),
  state: 'failed',
  message: /there is no such image or tag/,
  cause: 'image-pull',
}))
row('K3 · different hopeless reasons are hopeless together', () => ({
  ...rollout({ newPods: [CRASHING, IMAGE_MISSING] }),
  state: 'failed',
  message: /chat-new-0 keeps ending/,
  cause: 'crash-loop',
}))
row('K3 · one new pod that may succeed keeps the wait going, with the cause', () => ({
  ...rollout({ newPods: [IMAGE_MISSING, LOADING_STATUS] }),
  state: 'progressing',
  message: /^0 of 2 new pods available; pod chat-new-0: ImagePullBackOff/,
  cause: 'image-pull',
}))
row('K3 · a pod missing from the view may be a good one', () => {
  const { object, related } = rollout({ newPods: [CRASHING, CRASHING] })
  return {
    object,
    related: related.slice(0, -1),
    state: 'progressing',
    message: /CrashLoopBackOff after 4 restarts \(exit code 1\)/,
    cause: 'crash-loop',
  }
})
row('K3 · an old pod that crashes does not fail the new revision', () => ({
  ...rollout({
    status: { replicas: 2, updatedReplicas: 1, availableReplicas: 0 },
    newPods: [LOADING_STATUS],
    oldPods: [CRASHING],
  }),
  state: 'progressing',
  message: /pod chat-new-0: started/,
}))
row('K3 · old pods crash, the new one serves', () => ({
  ...rollout({
    status: { replicas: 1, updatedReplicas: 1, availableReplicas: 1, readyReplicas: 1 },
    newPods: [READY_STATUS],
    oldPods: [CRASHING],
  }),
  state: 'ready',
  message: '1 pod ready',
}))
row('K3 · a new pod that is on its way out does not count as doomed', () => {
  const { object, related } = rollout({ newPods: [CRASHING] })
  const leaving = related.map(each =>
    each.kind === 'Pod'
      ? { ...each, metadata: { ...each.metadata, deletionTimestamp: AFTER } }
      : each,
  )
  return { object, related: leaving, state: 'progressing', message: '0 of 1 new pods available' }
})
row('K3 · until its ReplicaSet is in view, pods of the old one are not judged', () => {
  const { object, related } = rollout({ newPods: [], oldPods: [CRASHING], replicas: 1 })
  const [older, , ...pods] = related
  return {
    object,
    related: [older as KubeObject, ...pods],
    state: 'progressing',
    message: '0 of 1 new pods available',
  }
})
row('K3 · a write that also scales is observed before the new ReplicaSet is made', () => {
  const object = deployment({ replicas: 2, status: { updatedReplicas: 0, availableReplicas: 0 } })
  const only = replicaSet(object, { revision: 1, image: 'old:1' })
  return {
    object,
    related: [only, pod('chat-old', { owner: only, status: CRASHING })],
    state: 'progressing',
    message: '0 of 2 new pods created',
  }
})
row('R6 · after a rollback the old ReplicaSet is the newest', () => {
  const object = deployment({ replicas: 1, status: { availableReplicas: 0 } })
  const back = replicaSet(object, { revision: 3 })
  const bad = replicaSet(object, { revision: 2, image: 'bad:1' })
  return {
    object,
    related: [
      bad,
      back,
      pod('chat-bad', { owner: bad, status: CRASHING }),
      pod('chat-back', { owner: back, status: LOADING_STATUS }),
    ],
    state: 'progressing',
    message: /pod chat-back: started/,
  }
})
row('K3 · no pod can be created', () => {
  const object = deployment({ replicas: 1, status: { replicas: 0, updatedReplicas: 0 } })
  const refused = replicaSet(object, {
    revision: 2,
    status: {
      replicas: 0,
      conditions: [
        {
          type: 'ReplicaFailure',
          status: 'True',
          reason: 'FailedCreate',
          message: 'admission webhook "policy.example.com" denied the request: no',
          lastTransitionTime: AFTER,
        },
      ],
    },
  })
  return {
    object,
    related: [refused],
    state: 'failed',
    message: 'the admission webhook policy.example.com refuses the pods: no',
    cause: 'webhook',
  }
})
