import test from 'ava'
import { asksGpus, orderForGpus } from '../../src/plan/decide/gpus.ts'
import { guards, type GuardInput, type GuardOverrides } from '../../src/plan/guards/guards.ts'
import { planHash } from '../../src/plan/hash.ts'
import { isImmutableChange } from '../../src/plan/decide/immutable.ts'
import type { Action } from '../../src/plan/action.ts'
import { orphans, pruneVerdict } from '../../src/plan/decide/prune.ts'
import { restartsPods } from '../../src/plan/decide/restarts.ts'
import { visibleChanges } from '../../src/plan/fields/visible.ts'
import { kindNamed } from '../../src/kinds/index.ts'
import { keyOf, refOf, type KubeObject } from '../../src/object/index.ts'

const object = (kind: string, more: Record<string, unknown> = {}): KubeObject => ({
  apiVersion: kindNamed(kind)?.apiVersion ?? 'apps/v1',
  kind,
  ...more,
  metadata: { name: 'chat', namespace: 'llm', ...(more['metadata'] as object) },
})

const action = (more: Partial<Action> = {}): Action => ({
  type: 'prune',
  ref: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'llm', name: 'chat' },
  endpoint: 'chat',
  wave: 'workload',
  changes: [],
  reason: 'no longer rendered',
  restartsPods: true,
  ...more,
})

// Pruning

const ours = { managedFields: [{ manager: 'slipway', operation: 'Apply' }] }
const prunable = test.macro((t, expected: boolean, metadata: Record<string, unknown>) => {
  t.is(pruneVerdict(object('Deployment', { metadata })).prune, expected)
})
test('what we applied goes', prunable, true, ours)
test('D9 · what a controller owns stays: KServe copies labels to its children', prunable, false, {
  ...ours,
  ownerReferences: [{ apiVersion: 'v1', kind: 'X', name: 'x', uid: '1', controller: true }],
})
test('what we never applied stays: a label can be copied', prunable, false, {
  managedFields: [{ manager: 'kubectl', operation: 'Update' }],
})
test('what is annotated to be kept stays', prunable, false, {
  ...ours,
  annotations: { 'slipway.dev/prune': 'disabled' },
})

test('an object that was applied under another identity is no orphan', t => {
  const live = [
    object('Deployment', { metadata: { uid: '1' } }),
    { ...object('Deployment', { metadata: { uid: '1' } }), apiVersion: 'extensions/v1' },
  ]
  const keys = new Set([keyOf(refOf(live[0]!))])
  t.deepEqual(orphans({ objects: live }, keys), [])
})

// Guards

const no: GuardOverrides = { removalsIntended: false, allowEmpty: false, pruneData: false }
const prunes = (count: number, endpoints: number) =>
  Array.from({ length: count }, (_, index) => action({ endpoint: `e${index % endpoints}` }))
const guarded = test.macro((t, expected: RegExp | undefined, input: Partial<GuardInput>) => {
  const problems = guards({
    actions: [],
    liveCount: 20,
    liveOfEndpoints: 20,
    desiredCount: 20,
    desiredOfEndpoints: 20,
    maxPrune: { count: 5, share: 0.2 },
    overrides: no,
    ...input,
  })
  if (expected === undefined) t.deepEqual(problems, [])
  else t.regex(problems.map(problem => problem.message).join('\n'), expected)
})
test('an empty render deletes nothing', guarded, /nothing was rendered/, { desiredCount: 0 })
test('an empty render of an empty set is fine', guarded, undefined, {
  desiredCount: 0,
  desiredOfEndpoints: 0,
  liveCount: 0,
  liveOfEndpoints: 0,
})
test(
  'S1 · where only the project’s own objects are left, the folder of endpoints was moved',
  guarded,
  /no endpoint was rendered, and 18 live objects of endpoints would be deleted/,
  { desiredCount: 2, desiredOfEndpoints: 0, liveOfEndpoints: 18 },
)
test('S1 · a project of its own objects alone is no empty one', guarded, undefined, {
  desiredCount: 2,
  desiredOfEndpoints: 0,
  liveCount: 3,
  liveOfEndpoints: 0,
})
test('an empty render can be meant', guarded, undefined, {
  desiredCount: 0,
  overrides: { ...no, allowEmpty: true },
})
test('delete --all is meant', guarded, undefined, {
  desiredCount: 0,
  overrides: { ...no, removalsIntended: true },
})
test('one endpoint may go whatever its size', guarded, undefined, { actions: prunes(6, 1) })
test('several endpoints within the share may go', guarded, undefined, { actions: prunes(4, 2) })
test('more than the share may not', guarded, /5 of 20 live objects of 2 endpoints/, {
  actions: prunes(5, 2),
})
test('more than the count may not', guarded, /at most 5 may be/, {
  actions: prunes(6, 2),
  liveCount: 1000,
})
test('--max-prune says how many', guarded, undefined, {
  actions: prunes(6, 2),
  overrides: { ...no, maxPrune: 6 },
})
const claim = action({
  ref: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'llm', name: 'models' },
})
test('what holds data is not deleted', guarded, /PersistentVolumeClaim\/llm\/models/, {
  actions: [claim],
})
test('unless it is meant', guarded, undefined, {
  actions: [claim],
  overrides: { ...no, pruneData: true },
})

// Immutable fields

const immutable = test.macro((t, expected: boolean, ...messages: string[]) => {
  const causes = messages.map(message => ({
    reason: 'FieldValueInvalid',
    message,
    field: 'spec.selector',
  }))
  t.is(isImmutableChange({ type: 'invalid', status: 422, message: '', causes }), expected)
})
test(
  'R4 · a selector is immutable',
  immutable,
  true,
  'Invalid value: {"matchLabels":{}}: field is immutable',
)
test(
  'R4 · a StatefulSet says it otherwise',
  immutable,
  true,
  "Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals' are forbidden",
)
test('R4 · a typo is no immutable field', immutable, false, 'Invalid value: "x": must be a number')
test(
  'R4 · a typo beside an immutable field is still a typo',
  immutable,
  false,
  'field is immutable',
  'Required value',
)
test('R4 · no causes, no replacement', immutable, false)
test('R4 · another failure is not it', t => {
  t.false(isImmutableChange({ type: 'stale', status: 409, message: 'field is immutable' }))
})

// Restarts

const restarts = test.macro((t, expected: boolean, kind: string, path: string, mode?: string) => {
  const annotations = mode === undefined ? {} : { 'serving.kserve.io/deploymentMode': mode }
  const metadata = { name: 'chat', annotations }
  const written = { apiVersion: kindNamed(kind)?.apiVersion ?? 'x/v1', kind, metadata }
  t.is(restartsPods(written, [{ path }]), expected)
})
test(
  "a Deployment's template restarts pods",
  restarts,
  true,
  'Deployment',
  'spec.template.spec.containers[name=server].image',
)
test("a Deployment's replicas do not", restarts, false, 'Deployment', 'spec.replicas')
test("a Service's selector does not", restarts, false, 'Service', 'spec.selector.app')
test(
  "an InferenceService's predictor does",
  restarts,
  true,
  'InferenceService',
  'spec.predictor.containers[name=kserve-container].image',
)
test(
  "an InferenceService's labels do: KServe copies them",
  restarts,
  true,
  'InferenceService',
  'metadata.labels.team',
)
test(
  "an InferenceService's scaling does not",
  restarts,
  false,
  'InferenceService',
  'spec.predictor.maxReplicas',
)

test(
  'nor does that of its transformer',
  restarts,
  false,
  'InferenceService',
  'spec.transformer.minReplicas',
)
test(
  "K9 · under Knative a service's scaling does: it stands in the template of the revision",
  restarts,
  true,
  'InferenceService',
  'spec.predictor.minReplicas',
  'Knative',
)
test(
  'K9 · … as it does in the spelling of before',
  restarts,
  true,
  'InferenceService',
  'spec.predictor.scaleTarget',
  'Serverless',
)
test(
  'W3, K9 · the share of the requests does not: both revisions stay',
  restarts,
  false,
  'InferenceService',
  'spec.predictor.canaryTrafficPercent',
  'Knative',
)

// GPUs

const gpuPod = {
  template: {
    spec: { containers: [{ name: 'server', resources: { limits: { 'nvidia.com/gpu': 1 } } }] },
  },
}
test('GPUs are found in Deployments and InferenceServices', t => {
  t.true(asksGpus(object('Deployment', { spec: gpuPod })))
  t.true(asksGpus(object('InferenceService', { spec: { predictor: gpuPod.template.spec } })))
  t.false(
    asksGpus(
      object('Deployment', {
        spec: {
          template: { spec: { containers: [{ name: 'a', resources: { limits: { cpu: '1' } } }] } },
        },
      }),
    ),
  )
})
test('what frees GPUs goes first when something new needs them', t => {
  const going = action({ uid: '1' })
  const coming = action({
    type: 'create',
    desired: object('Deployment', { spec: gpuPod }),
    endpoint: 'new',
  })
  orderForGpus([going, coming], new Map([['1', object('Deployment', { spec: gpuPod })]]), new Map())
  t.true(going.first)
  const later = action({ uid: '1' })
  orderForGpus([later], new Map([['1', object('Deployment', { spec: gpuPod })]]), new Map())
  t.is(later.first, undefined)
})

// What is shown

test('secrets are shown as fingerprints that tell changed from unchanged', t => {
  const secret = (token: string) => object('Secret', { data: { token, same: 'c2FtZQ==' } })
  const changes = visibleChanges(secret('b2xk'), secret('bmV3'), 'key')
  t.deepEqual(
    changes.map(change => change.path),
    ['data.token'],
  )
  t.regex(String(changes[0]?.before), /^fingerprint:/)
  t.false(JSON.stringify(changes).includes('b2xk'))
})
test('status and bookkeeping are not shown', t => {
  const before = object('Deployment', {
    status: { replicas: 1 },
    metadata: { resourceVersion: '1', generation: 1 },
  })
  const after = object('Deployment', {
    status: { replicas: 2 },
    metadata: { resourceVersion: '2', generation: 2 },
  })
  t.deepEqual(visibleChanges(before, after, 'key'), [])
})

test('the hash depends on what is done, not on the order it is listed in', t => {
  const [a, b] = [action(), action({ type: 'create', desired: object('Service') })]
  t.is(planHash('id', [a, b]), planHash('id', [b, a]))
  t.not(
    planHash('id', [a, b]),
    planHash('id', [a, { ...b, desired: object('Service', { spec: { a: 1 } }) }]),
  )
  t.not(planHash('id', [a]), planHash('other', [a]))
})
