import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { explain, viewOf } from '../../src/status/index.ts'
import {
  event,
  IMAGE_MISSING,
  LOADING_STATUS,
  READY_STATUS,
  UNSCHEDULABLE,
  waitingStatus,
} from './build.ts'
import { AFTER, BEFORE, rollout, row, SINCE } from './rollout-table.ts'

const deadline = (lastUpdateTime: string, replicaSetName = 'chat-2') => ({
  conditions: [
    {
      type: 'Progressing',
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
      message: `ReplicaSet "${replicaSetName}" has timed out progressing.`,
      lastUpdateTime,
      lastTransitionTime: lastUpdateTime,
    },
  ],
})

// Deadline (kapp#1020: conditions of an earlier rollout)
row('K3 · the progress deadline of the newest ReplicaSet fails', () => ({
  ...rollout({ status: deadline(AFTER), newPods: [waitingStatus('ContainerCreating')] }),
  state: 'failed',
  message: /did not make progress within its deadline/,
  cause: 'progress-deadline',
}))
row('K3 · a deadline from before our write does not fail', () => ({
  ...rollout({ status: deadline(BEFORE), newPods: [waitingStatus('ContainerCreating')] }),
  state: 'progressing',
  message: /its images are being pulled/,
  cause: 'progress-deadline',
}))
row('K3 · a deadline of the ReplicaSet before does not fail', () => ({
  ...rollout({ status: deadline(AFTER, 'chat-1'), newPods: [waitingStatus('ContainerCreating')] }),
  state: 'progressing',
  message: /its images are being pulled/,
}))
row('K3 · without a write of ours a deadline counts whenever it passed', () => ({
  ...rollout({ status: deadline(BEFORE), newPods: [waitingStatus('ContainerCreating')] }),
  since: '',
  state: 'failed',
  message: /deadline/,
  cause: 'progress-deadline',
}))
row('K3 · a model that is still loading outlives the deadline', () => ({
  ...rollout({ status: deadline(AFTER), newPods: [LOADING_STATUS] }),
  state: 'progressing',
  message: /started, not ready yet/,
  cause: 'progress-deadline',
}))
row('K3 · a GPU node that is being brought outlives the deadline', () => {
  const { object, related } = rollout({ status: deadline(AFTER), newPods: [UNSCHEDULABLE] })
  const waiting = related.map(each =>
    each.kind === 'Pod' ? { ...each, spec: { containers: [] } } : each,
  )
  const coming = event(waiting.at(-1) as KubeObject, { reason: 'TriggeredScaleUp', type: 'Normal' })
  return {
    object,
    related: [...waiting, coming],
    state: 'progressing',
    message: /waiting for a GPU node that the autoscaler is bringing: 0\/3 nodes/,
    cause: 'unschedulable',
  }
})
row('K3 · the cause of a passed deadline is the more specific one', () => ({
  ...rollout({ status: deadline(AFTER), newPods: [waitingStatus('ErrImagePull', 'i/o timeout')] }),
  state: 'failed',
  message: /its registry cannot be reached/,
  cause: 'image-pull',
}))

test('K3 · explain ranks the specific cause before the passed deadline', t => {
  const { object, related } = rollout({
    status: deadline(AFTER),
    newPods: [waitingStatus('ErrImagePull', 'dial tcp: i/o timeout')],
  })
  const causes = explain({ object, related: viewOf(related), since: SINCE }).map(
    ({ cause }) => cause,
  )
  t.deepEqual(causes, ['image-pull', 'progress-deadline'])
})

test('K3 · pods with the same trouble are told once', t => {
  const { object, related } = rollout({ newPods: [IMAGE_MISSING, IMAGE_MISSING, IMAGE_MISSING] })
  const found = explain({ object, related: viewOf(related) })
  t.is(found.length, 1)
  t.is(found[0]?.evidence.at(-1), 'the same: pod chat-new-1 and chat-new-2')
})

test('K3 · GPUs held by the revision before are named, with the way out', t => {
  const gpus = [{ name: 'server', resources: { limits: { 'nvidia.com/gpu': '1' } } }]
  const { object, related } = rollout({ newPods: [UNSCHEDULABLE], oldPods: [READY_STATUS] })
  const pods = related.map(each =>
    each.kind === 'Pod'
      ? {
          ...each,
          spec: {
            containers: gpus,
            ...(each.metadata.name === 'chat-old-0' && { nodeName: 'gpu-1' }),
          },
        }
      : each,
  )
  const [first] = explain({ object, related: viewOf(pods) })
  t.is(
    first?.summary,
    'pod chat-new-0 waits for a GPU node: 1 pod of the revision before holds GPUs',
  )
  t.regex(first?.remedy ?? '', /spareGpu: false/)
  t.true(first?.evidence.includes('pod chat-old-0 of the revision before still holds its GPUs'))
})
