import test from 'ava'
import { orderForGpus } from '../../src/plan/decide/gpus.ts'
import { removals } from '../../src/plan/decide/removals.ts'
import { orderForSlots, takingOver } from '../../src/plan/decide/slots.ts'
import type { Action } from '../../src/plan/action.ts'
import { kindNamed } from '../../src/kinds/index.ts'
import { keyOf, refOf, type KubeObject } from '../../src/object/index.ts'
import type { RenderedObject } from '../../src/render/index.ts'

/** Two sets of pods take turns: what waits for what, and who goes when. */

const TRACKED = { 'slipway.dev/track': 'canary' }

interface Given {
  labels?: Record<string, string>
  replicas?: number
  gpus?: number
}

function object(kind: string, name: string, { labels, replicas, gpus }: Given = {}): KubeObject {
  const limits = gpus === undefined ? {} : { 'nvidia.com/gpu': gpus }
  const metadata = { labels: { 'slipway.dev/endpoint': name } }
  const template = { metadata, spec: { containers: [{ name: 'server', resources: { limits } }] } }
  return {
    apiVersion: kindNamed(kind)?.apiVersion ?? 'v1',
    kind,
    metadata: {
      name,
      namespace: 'llm',
      uid: `uid-${kind}-${name}`,
      labels: { 'slipway.dev/endpoint': 'chat', ...labels },
      managedFields: [{ manager: 'slipway', operation: 'Apply' }],
    },
    spec: { replicas, template },
  }
}

function update(desired: KubeObject, type: Action['type'] = 'update'): Action {
  const { uid = '' } = desired.metadata
  const base = { endpoint: 'chat', wave: 'traffic' as const, changes: [], reason: '' }
  return { ...base, type, ref: refOf(desired), desired, restartsPods: false, uid }
}

function liveSet(objects: KubeObject[]) {
  const byKey = new Map(objects.map(each => [keyOf(refOf(each)), each]))
  const none = { namespaces: ['llm'], unserved: [], unseen: [] }
  return { objects, byKey, unmarked: new Map<string, KubeObject>(), ...none }
}

const byUid = (objects: KubeObject[]) => new Map(objects.map(each => [each.metadata.uid, each]))

function gone(live: KubeObject[], desired: KubeObject[]): Action[] {
  return removals({
    live: liveSet(live),
    desiredKeys: new Set(desired.map(each => keyOf(refOf(each)))),
    continuing: new Map([['chat', desired]]),
    isInScope: () => true,
  }).actions
}

/** Which objects wait, and which go late. */
function ordered(live: KubeObject[], desired: KubeObject[], writes: Action[]) {
  const actions = [...writes, ...gone(live, desired)]
  orderForSlots(actions, byUid(live), new Map([['chat', desired]]))
  const named = (those: Action[]) => those.map(({ ref }) => `${ref.kind}/${ref.name}`)
  return {
    held: named(actions.filter(({ held }) => held)),
    settles: named(actions.filter(({ settles }) => settles)),
    last: named(actions.filter(({ last }) => last)),
  }
}

const stable = object('Deployment', 'chat', { replicas: 3 })
const candidate = object('Deployment', 'chat-b', { labels: TRACKED, replicas: 1 })
const promoted = object('Deployment', 'chat-b', { replicas: 3 })
const service = object('Service', 'chat-svc')
const canaryService = object('Service', 'chat-canary-svc', { labels: TRACKED })
const route = object('HTTPRoute', 'chat-route')
const scaler = object('HorizontalPodAutoscaler', 'chat-hpa')
const budget = object('PodDisruptionBudget', 'chat-pdb')
const policy = object('NetworkPolicy', 'chat-net')
const monitor = object('ServiceMonitor', 'chat-metrics')

const DURING = [stable, candidate, service, canaryService, route]

test('a candidate gets requests when it is ready: the route waits, its pods and Service do not', t => {
  const writes = [
    update(candidate, 'create'),
    update(canaryService, 'create'),
    update(policy),
    update(monitor),
    update(route),
  ]
  const order = ordered([stable, service, route], [...DURING, policy, monitor], writes)
  t.deepEqual(order, { held: ['HTTPRoute/chat-route'], settles: [], last: [] })
})

test('another share waits, too: the pods may have failed meanwhile', t => {
  t.deepEqual(ordered(DURING, DURING, [update(route)]).held, ['HTTPRoute/chat-route'])
})

test('W3 · with a promotion all that leads to pods waits, and what served goes late', t => {
  const leads = [service, route, scaler, budget]
  const order = ordered(
    [...DURING, scaler, budget, policy],
    [promoted, ...leads, policy],
    [update(promoted), ...[...leads, policy].map(each => update(each)), update(monitor)],
  )
  t.deepEqual(order, {
    held: leads.map(({ kind, metadata }) => `${kind}/${metadata.name}`),
    settles: ['Deployment/chat', 'Service/chat-canary-svc'],
    last: [],
  })
})

const guarding = (...values: string[]): KubeObject => ({
  ...policy,
  spec: {
    podSelector: { matchExpressions: [{ key: 'slipway.dev/endpoint', operator: 'In', values }] },
  },
})

test('W3 · a policy covers pods from their first to their last second', t => {
  const [one, other] = [guarding('chat'), guarding('chat', 'chat-b')]
  const comes = ordered(
    [stable, one],
    [...DURING, other],
    [update(candidate, 'create'), update(other)],
  )
  const goes = ordered(
    [...DURING, other],
    [stable, service, route, one],
    [update(one), update(route)],
  )
  const switched = ordered(
    [stable, service, route, one],
    [promoted, service, route, other],
    [update(promoted, 'create'), update(other)],
  )
  t.deepEqual(
    [comes, goes, switched].map(({ held, last }) => [held, last]),
    [
      [[], []],
      [[], ['NetworkPolicy/chat-net']],
      [[], []],
    ],
  )
})

test('back to what served all the time nothing waits', t => {
  const order = ordered(DURING, [stable, service, route], [update(route)])
  t.deepEqual(order, {
    held: [],
    settles: ['Deployment/chat-b', 'Service/chat-canary-svc'],
    last: [],
  })
})

test('an endpoint without a candidate waits for nothing', t => {
  const all = [stable, service, route]
  t.deepEqual(ordered(all, all, [update(stable), update(service), update(route)]), {
    held: [],
    settles: [],
    last: [],
  })
})

test('one of two sets of pods goes after the writes; another runtime before them', t => {
  t.deepEqual(
    gone([stable], [promoted]).map(({ type, reason }) => `${type}: ${reason}`),
    ['prune: other pods serve in its place'],
  )
  t.deepEqual(
    gone([candidate], [stable]).map(({ type, reason }) => `${type}: ${reason}`),
    ['prune: the candidate goes'],
  )
  t.deepEqual(
    gone([stable], [object('InferenceService', 'chat')]).map(({ type }) => type),
    ['switch'],
  )
})

test('what serves never goes first for the GPUs of something new', t => {
  const old = object('Deployment', 'chat', { gpus: 1 })
  const actions = [
    ...gone([old], [promoted]),
    { ...update(object('Deployment', 'other', { gpus: 1 }), 'create'), endpoint: 'other' },
  ]
  orderForGpus(actions, byUid([old]), new Map([['chat', [promoted]]]))
  t.deepEqual(
    actions.map(({ first }) => first),
    [undefined, undefined],
  )
})

const rendered = (each: KubeObject) => ({ object: each, endpoint: { name: 'chat' } })

const succession = test.macro(
  (t, expected: number | undefined, live: KubeObject[], desired: KubeObject) => {
    // Of the endpoint only its name is looked at.
    const found = takingOver(
      liveSet(live),
      [rendered(desired) as RenderedObject],
      new Set([keyOf(refOf(desired))]),
    )
    t.is(found.get(keyOf(refOf(desired))), expected)
  },
)
const autoscaled = object('Deployment', 'chat-b')
test('who takes over begins with as many as serve', succession, 3, [stable, candidate], autoscaled)
test('a candidate takes nothing over', succession, undefined, [stable, candidate], candidate)
test('nor does what serves already', succession, undefined, [stable, promoted], autoscaled)
test('nor what comes alone', succession, undefined, [candidate], autoscaled)
