import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import type { Action } from '../../src/plan/index.ts'
import {
  asCreated,
  isToWake,
  leastByTarget,
  leastOfNew,
  orderForScaling,
  replicasStillHeld,
  replicasToBegin,
} from '../../src/plan/decide/scaling.ts'

/** Who scales changes hands: one goes before the other comes, and nobody is left asleep. */

const metadata = (name: string) => ({ name, namespace: 'llm', uid: `uid-${name}` })
const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'chat' }

const hpa: KubeObject = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: metadata('chat-hpa'),
  spec: { scaleTargetRef: target, minReplicas: 2, maxReplicas: 4 },
}
const keda: KubeObject = {
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  metadata: metadata('chat-scaler'),
  spec: { scaleTargetRef: target, minReplicaCount: 1, maxReplicaCount: 4 },
}
const deployment = (replicas?: number): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: metadata('chat'),
  spec: replicas === undefined ? {} : { replicas },
})

const action = (type: Action['type'], object: KubeObject): Action => {
  const { apiVersion, kind } = object
  const { name, uid = '' } = object.metadata
  const isGone = type === 'prune'
  return {
    type,
    ref: { apiVersion, kind, name, namespace: 'llm' },
    endpoint: 'chat',
    wave: 'traffic',
    changes: [],
    reason: '',
    restartsPods: false,
    ...(isGone ? { uid } : { desired: object }),
  }
}

const firstOf = (gone: KubeObject, ...others: Action[]) => {
  const prune = action('prune', gone)
  orderForScaling([prune, ...others], new Map([[gone.metadata.uid, gone]]))
  return prune.first === true
}

test('R4 · an autoscaler goes before another one comes for the same workload', t => {
  t.true(firstOf(hpa, action('create', keda)))
  t.true(firstOf(keda, action('create', hpa)))
  t.true(firstOf(keda, action('update', deployment(3))))
  t.false(firstOf(hpa, action('update', deployment())))
  const elsewhere = { ...keda, spec: { scaleTargetRef: { ...target, name: 'other' } } }
  t.false(firstOf(hpa, action('create', elsewhere)))
})

const least = (object: KubeObject, live?: KubeObject) =>
  [...leastOfNew([{ rendered: { object }, live }]).values()][0]

test('R4 · a HorizontalPodAutoscaler that comes wakes what KEDA left at zero; one that was there does not', t => {
  t.is(least(hpa), 2)
  t.is(least(hpa, hpa), undefined)
  t.is(least(keda), undefined)
  const rendered = { object: deployment() }
  t.true(isToWake({ rendered, least: 2 }, deployment(0)))
  t.false(isToWake({ rendered, least: 2 }, deployment(1)))
  t.false(isToWake({ rendered }, deployment(0)))
  t.false(isToWake({ rendered: { object: deployment(0) }, least: 2 }, deployment(0)))
})

test('R4 · a new workload begins with as many replicas as its autoscaler would bring it to', t => {
  const begins = (object: KubeObject) =>
    [...leastByTarget([{ rendered: { object }, live: undefined }]).values()][0]
  t.is(replicasToBegin(deployment(), begins(hpa)), 2)
  t.is(replicasToBegin(deployment(), begins(keda)), undefined)
  t.is(replicasToBegin(deployment(), 1), undefined)
  t.is(replicasToBegin(deployment(3), 2), undefined, 'git says how many')
  t.is(replicasToBegin(deployment()), undefined)
})

test('R4 · a replacement begins with what was there in the end, not with what the plan saw', t => {
  const created = (replicas: number | undefined, before?: KubeObject) =>
    (asCreated(deployment(), replicas, before)['spec'] as { replicas?: number }).replicas
  t.is(created(undefined, deployment(5)), undefined, 'git says how many, or nobody does')
  t.is(created(2), 2)
  t.is(created(2, deployment(5)), 5)
  t.is(created(5, deployment(2)), 5)
  t.is(created(3, deployment()), 3)
})

const held = (replicas: number, manager: string): KubeObject => ({
  ...deployment(replicas),
  metadata: {
    ...metadata('chat'),
    managedFields: [
      {
        manager,
        operation: 'Apply',
        apiVersion: 'apps/v1',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:spec': { 'f:replicas': {} } },
      },
    ],
  },
})

test('R4 · replicas are handed over as long as they are ours at the write', t => {
  const left = (replicas: number | undefined, live: KubeObject, seen = 2) => {
    const changes = [{ path: 'spec.replicas', before: seen, after: replicas }]
    const wanted = { desired: deployment(), changes, ...(replicas !== undefined && { replicas }) }
    return replicasStillHeld(wanted, live)
  }
  t.is(left(2, held(2, 'slipway')), 2)
  t.is(left(4, held(2, 'slipway')), 4, 'as many as served in its place')
  t.is(left(2, held(5, 'kube-controller-manager')), undefined, 'scaled since')
  t.is(left(2, held(0, 'keda'), 0), 2, 'still asleep')
  t.is(left(2, held(1, 'keda'), 0), undefined, 'woken since')
  t.is(left(2, held(0, 'keda')), undefined, 'scaled to zero since')
  t.is(left(undefined, held(2, 'slipway')), undefined)
})
