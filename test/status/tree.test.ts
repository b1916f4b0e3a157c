import test from 'ava'
import { labelSelector, matches as matchesSelector } from '../../src/kinds/index.ts'
import { viewOf } from '../../src/status/index.ts'
import { newestPods, ownedBy, podsOf } from '../../src/status/tree.ts'
import type { KubeObject } from '../../src/object/index.ts'
import { deployment, event, live, ownedBy as owned, pod, replicaSet } from './build.ts'
import { child, newest, service } from './kserve-build.ts'

const names = (objects: readonly KubeObject[]) => objects.map(({ metadata }) => metadata.name)

/** By a selector as an object says it. */
const matches = (selector: object, labels: Record<string, string> = {}) =>
  matchesSelector(labelSelector(selector), labels)

test('D4 · InferenceService → Deployment → ReplicaSet → Pod, by UID', t => {
  const root = service('ready')
  const made = child(root)
  const set = newest(made)
  const pods = [pod('a', { owner: set }), pod('b', { owner: set })]
  const foreign = pod('foreign', { metadata: { labels: { app: 'isvc.llm-std-predictor' } } })
  const view = viewOf([foreign, ...pods, set, made, root])
  t.deepEqual(names(ownedBy(root, view)), ['llm-std-predictor', 'llm-std-predictor-2', 'a', 'b'])
  t.deepEqual(names(podsOf(root, view)), ['a', 'b'])
  t.deepEqual(names(newestPods(root, view)), ['a', 'b'])
})

test('D4 · in Knative mode labels lead from an InferenceService to the pods of its newest revision', t => {
  const root = service('ready')
  const revision = (number: number, of = root.metadata.name) => {
    const labels = {
      'serving.kserve.io/inferenceservice': of,
      component: 'predictor',
      'serving.knative.dev/revision': `${of}-predictor-0000${number}`,
      'serving.knative.dev/configurationGeneration': String(number),
    }
    const made = live('apps/v1', 'Deployment', `${of}-${number}`, { metadata: { labels } })
    const set = live('apps/v1', 'ReplicaSet', `${of}-${number}`, { metadata: owned(made) })
    return [made, set, pod(`pod-${of}-${number}`, { owner: set })]
  }
  const all = [...revision(9), ...revision(10), ...revision(11, 'another')]
  const view = viewOf([root, ...all])
  t.deepEqual(names(newestPods(root, view)), ['pod-llm-std-10'])
  t.deepEqual(names(podsOf(root, view)), ['pod-llm-std-9', 'pod-llm-std-10'])
  const status = { components: { predictor: { latestCreatedRevision: 'llm-std-predictor-00011' } } }
  t.deepEqual(newestPods({ ...root, status }, view), [])
})

test('D4 · an earlier object of the same name owns nothing of the present one', t => {
  const root = deployment()
  const earlier = { ...root, metadata: { ...root.metadata, uid: 'earlier' } }
  const view = viewOf([replicaSet(earlier, { revision: 1 })])
  t.deepEqual(ownedBy(root, view), [])
  t.is(ownedBy(earlier, view).length, 1)
})

test('D4 · owners in a circle do not hang', t => {
  const root = live('v1', 'ConfigMap', 'a')
  const other = live('v1', 'ConfigMap', 'b', {
    metadata: {
      ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'a', uid: 'ConfigMap-a' }],
    },
  })
  const owners = [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'b', uid: 'ConfigMap-b' }]
  const circle = { ...root, metadata: { ...root.metadata, ownerReferences: owners } }
  t.deepEqual(names(ownedBy(root, viewOf([circle, other]))), ['b', 'a'])
})

test('D4 · the pods of a Service are those that it selects in its namespace', t => {
  const object = live('v1', 'Service', 'chat-svc', { spec: { selector: { app: 'chat' } } })
  const elsewhere = pod('elsewhere', { metadata: { namespace: 'other' } })
  const unlike = pod('unlike', { metadata: { labels: { app: 'rag' } } })
  const view = viewOf([pod('chat'), elsewhere, unlike])
  t.deepEqual(names(podsOf(object, view)), ['chat'])
  const without = live('v1', 'Service', 'chat-svc', { spec: {} })
  t.deepEqual(podsOf(without, view), [])
})

test('D4 · a pod is its own', t => {
  t.deepEqual(names(podsOf(pod('a'), viewOf([]))), ['a'])
  t.deepEqual(names(newestPods(pod('a'), viewOf([]))), ['a'])
})

test('K3 · newest pods are those of the present template, the last revision of it', t => {
  const root = deployment()
  const sets = [
    replicaSet(root, { revision: 2 }),
    replicaSet(root, { revision: 10 }),
    replicaSet(root, { revision: 11, image: 'other:1' }),
  ]
  const pods = sets.map(set => pod(`of-${set.metadata.name}`, { owner: set }))
  t.deepEqual(names(newestPods(root, viewOf([...pods, ...sets]))), ['of-chat-10'])
  t.deepEqual(newestPods(root, viewOf([])), [])
})

const SELECTORS: [string, Parameters<typeof matches>[0], boolean][] = [
  ['', {}, true],
  ['app=chat', { matchLabels: { app: 'chat' } }, true],
  ['app=rag', { matchLabels: { app: 'rag' } }, false],
  [
    'app in (rag,chat)',
    { matchExpressions: [{ key: 'app', operator: 'In', values: ['rag', 'chat'] }] },
    true,
  ],
  [
    'tier in (web)',
    { matchExpressions: [{ key: 'tier', operator: 'In', values: ['web'] }] },
    false,
  ],
  [
    'app notin (rag)',
    { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['rag'] }] },
    true,
  ],
  [
    'tier notin (web)',
    { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['web'] }] },
    true,
  ],
  [
    'app notin (chat)',
    { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['chat'] }] },
    false,
  ],
  ['app', { matchExpressions: [{ key: 'app', operator: 'Exists' }] }, true],
  ['tier', { matchExpressions: [{ key: 'tier', operator: 'Exists' }] }, false],
  ['!tier', { matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] }, true],
  ['!app', { matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] }, false],
  [
    'app=chat,!tier',
    { matchLabels: { app: 'chat' }, matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] },
    true,
  ],
]
for (const [text, selector, expected] of SELECTORS) {
  test(`D3 · selector "${text}" ${expected ? 'matches' : 'does not match'} app=chat`, t => {
    t.is(matches(selector, { app: 'chat' }), expected)
  })
}

test('D3 · an object without labels matches only what asks for none', t => {
  t.true(matches({}, undefined))
  t.false(matches({ matchLabels: { app: 'chat' } }, undefined))
})

test('K3 · events are found by UID, in order of time, and of both APIs', t => {
  const object = deployment()
  const earlier = { ...object, metadata: { ...object.metadata, uid: 'earlier' } }
  const modern = live('events.k8s.io/v1', 'Event', 'modern', {
    regarding: { kind: 'Deployment', uid: object.metadata.uid },
    reason: 'Third',
    note: 'x',
    series: { count: 3, lastObservedTime: '2026-11-21T10:09:00.000000Z' },
  })
  const view = viewOf([
    modern,
    event(object, { reason: 'Second', at: '2026-11-21T10:02:00Z' }),
    event(object, { reason: 'First', at: '2026-11-21T10:01:00Z' }),
    event(earlier, { reason: 'Foreign' }),
  ])
  t.deepEqual(
    view.eventsOf(object).map(({ reason }) => reason),
    ['First', 'Second', 'Third'],
  )
})
