import test from 'ava'
import type { Action, FieldChange } from '../../src/plan/index.ts'
import { endpointChanges } from '../../src/report/endpoint-change.ts'
import { effectsOf } from '../../src/report/impact/impact.ts'
import { aDeployment, anAction } from './plans.ts'

/** What a plan says of a canary: who gets which share, and that nobody waits for it. */

const rulesOf = (shares: Record<string, number>) => [
  {
    matches: [{ path: { type: 'PathPrefix', value: '/' } }],
    backendRefs: Object.entries(shares).map(([name, weight]) => ({
      kind: 'Service',
      name,
      weight,
    })),
  },
]

const STABLE = { 'chat-svc': 1 }
const canary = (weight: number) => ({ 'chat-svc': 100 - weight, 'chat-canary-svc': weight })

function routeTo(after: Record<string, number>, before?: Record<string, number>): Action {
  const rules = rulesOf(after)
  const desired = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'chat-route', namespace: 'llm-ops' },
    spec: { hostnames: ['chat.example.com'], rules },
  }
  if (before === undefined) return anAction('create', 'HTTPRoute', { desired })
  const changes = [{ path: 'spec.rules', before: rulesOf(before), after: rules }]
  return anAction('update', 'HTTPRoute', { desired, changes, held: true })
}

const tracked = () => {
  const { metadata, ...rest } = aDeployment({ replicas: 2, gpus: 4 })
  return { ...rest, metadata: { ...metadata, labels: { 'slipway.dev/track': 'canary' } } }
}
const candidate = anAction('create', 'Deployment', { desired: tracked() })

function said(actions: Action[]): string[] {
  const [change] = endpointChanges(actions.map(action => ({ ...action, endpoint: 'chat' })))
  if (change === undefined) return []
  return [...change.highlights, ...effectsOf(change.impact).map(({ text }) => text)]
}

test('a canary starts: its share, its GPUs, and no gap', t => {
  t.deepEqual(said([candidate, routeTo(canary(10), STABLE)]), [
    "10 % of chat's requests go to chat-canary-svc, until now 0 %",
    'adds Deployment',
    'restarts no pods',
    'downtime: no',
    'needs 8 spare GPUs during the roll-out',
  ])
})

/** As a plan tells them: backends and weights one by one. */
function shiftOf(after: Record<string, number>, before: Record<string, number>): Action {
  const route = routeTo(after, before)
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const changes = names.flatMap((name): FieldChange[] => {
    const path = `spec.rules[0].backendRefs[name=${name}]`
    const [was, is] = [before[name], after[name]]
    if (was === is) return []
    if (was !== undefined && is !== undefined)
      return [{ path: `${path}.weight`, before: was, after: is }]
    const entry = (weight: number | undefined) => (weight === undefined ? {} : { name, weight })
    return [was === undefined ? { path, after: entry(is) } : { path, before: entry(was) }]
  })
  return { ...route, changes }
}

test('shares are told of single fields as of all rules', t => {
  for (const [after, before] of [
    [canary(10), STABLE],
    [canary(50), canary(10)],
    [STABLE, canary(50)],
    [canary(0), canary(100)],
  ] as const)
    t.deepEqual(said([shiftOf(after, before)]), said([routeTo(after, before)]))
})

test('a canary gets more', t => {
  t.deepEqual(said([routeTo(canary(50), canary(10))]), [
    "50 % of chat's requests go to chat-canary-svc, until now 10 %",
    'restarts no pods',
    'downtime: no',
  ])
})

test('a new endpoint with a canary', t => {
  const words = said([
    anAction('create', 'Deployment', { desired: aDeployment() }),
    routeTo(canary(5)),
  ])
  t.true(words.includes("5 % of chat's requests go to chat-canary-svc"), words.join('\n'))
})

test('a promotion: others take over, nothing restarts, no gap', t => {
  const actions = [
    anAction('update', 'Deployment', {
      desired: aDeployment({ replicas: 3 }),
      changes: [{ path: 'spec.replicas', before: 1, after: 3 }],
    }),
    anAction('update', 'Service', {
      changes: [{ path: 'spec.selector["slipway.dev/endpoint"]', before: 'chat', after: 'chat-b' }],
      held: true,
    }),
    routeTo(STABLE, canary(50)),
    anAction('prune', 'Deployment', { settles: true, reason: 'other pods serve in its place' }),
    anAction('prune', 'Service', { name: 'chat-canary-svc', settles: true }),
  ]
  const words = said(actions)
  t.deepEqual(words.slice(0, 3), [
    'other pods take over from chat',
    "all of chat's requests go to chat-svc",
    'replicas 1 → 3',
  ])
  t.true(words.includes('restarts no pods'), words.join('\n'))
  t.true(words.includes('downtime: no'), words.join('\n'))
})

test('a canary is given up', t => {
  const reason = 'the candidate goes'
  const words = said([
    routeTo(STABLE, canary(10)),
    anAction('prune', 'Deployment', { settles: true, reason, name: 'chat-b' }),
  ])
  t.deepEqual(words, [
    'its candidate chat-b goes',
    "all of chat's requests go to chat-svc",
    'restarts no pods',
    'downtime: no',
    'deletes Deployment',
  ])
})

test('another timeout is no other share', t => {
  const route = routeTo(STABLE, STABLE)
  t.deepEqual(said([route]), ['1 field', 'restarts no pods', 'downtime: no'])
})
