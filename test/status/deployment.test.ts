import test from 'ava'
import { assess, viewOf } from '../../src/status/index.ts'
import { deployment, LOADING_STATUS, READY_STATUS, UNSCHEDULABLE } from './build.ts'
import { rollout, row } from './rollout-table.ts'

row('R13 · complete', () => ({ object: deployment(), state: 'ready', message: '3 pods ready' }))
row('R13 · replicas 0 is ready', () => ({
  object: deployment({ replicas: 0 }),
  state: 'ready',
  message: 'scaled to 0',
}))
row('R13 · replicas left out of the spec means 1', () => ({
  object: deployment({ replicas: 1, spec: { replicas: undefined } }),
  state: 'ready',
  message: '1 pod ready',
}))
row('R13 · with an autoscaler the live number of replicas counts', () => ({
  object: deployment({ replicas: 7 }),
  state: 'ready',
  message: '7 pods ready',
}))
row('R13 · generation not observed yet, whatever the counts say', () => ({
  object: deployment({ generation: 4, status: { observedGeneration: 3 } }),
  state: 'progressing',
  message: 'waiting for generation 4 to be observed (last seen 3)',
}))
row('R13 · just created, no status', () => ({
  object: { ...deployment(), status: undefined },
  state: 'progressing',
  message: 'waiting for generation 2 to be observed (not seen yet)',
}))
row('R13 · paused', () => ({
  object: deployment({ spec: { paused: true } }),
  state: 'progressing',
  message: /^paused/,
}))
row('R13 · not all new pods created', () => ({
  object: deployment({ status: { updatedReplicas: 1 } }),
  state: 'progressing',
  message: '1 of 3 new pods created',
}))
row('R13 · not all new pods available', () => ({
  object: deployment({ status: { availableReplicas: 2 } }),
  state: 'progressing',
  message: '2 of 3 new pods available',
}))
row('R13 · old pods are counted still', () => ({
  object: deployment({ status: { replicas: 4 } }),
  state: 'progressing',
  message: '1 old pod is terminating',
}))
row('R13 · a scale-down is not finished', () => ({
  object: deployment({ status: { replicas: 5, updatedReplicas: 5, availableReplicas: 5 } }),
  state: 'progressing',
  message: '2 surplus pods to go',
}))
row('K3 · says what the slowest new pod does', () => ({
  ...rollout({ newPods: [READY_STATUS, LOADING_STATUS], replicas: 2 }),
  state: 'progressing',
  message: '0 of 2 new pods available; pod chat-new-1: started, not ready yet for 3m',
}))
row('K3 · available old pods do not stand for new ones', () => ({
  ...rollout({
    status: { replicas: 2, updatedReplicas: 1, availableReplicas: 1 },
    newPods: [LOADING_STATUS],
    oldPods: [READY_STATUS],
  }),
  state: 'progressing',
  message: /^0 of 1 new pods available; pod chat-new-0: started/,
}))
row('K3 · waiting for a GPU node, in the words of the scheduler', () => ({
  ...rollout({ newPods: [UNSCHEDULABLE] }),
  state: 'progressing',
  message:
    '0 of 1 new pods available; pod chat-new-0: waiting for a GPU node: 0/3 nodes are available: 3 Insufficient nvidia.com/gpu',
  cause: 'unschedulable',
}))

test('R13 · absent', t => {
  t.deepEqual(assess({ object: undefined, related: viewOf([]) }), {
    state: 'absent',
    message: 'does not exist',
  })
})
