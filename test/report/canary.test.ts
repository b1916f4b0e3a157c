import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import type { Action, FieldChange } from '../../src/plan/index.ts'
import { endpointChanges } from '../../src/report/endpoint-change.ts'
import { effectsOf } from '../../src/report/impact/impact.ts'
import { reportAsHtml } from '../../src/report/html/page.ts'
import { painter, planAsText } from '../../src/report/index.ts'
import { planAsMarkdown, planReport } from '../../src/report/markdown/plan-markdown.ts'
import { aDeployment, anAction, aPlan } from './plans.ts'

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

const serving = (tag: string): KubeObject => {
  const image = `registry.example.com/vllm:${tag}`
  const resources = { limits: { 'nvidia.com/gpu': 4 } }
  const template = { spec: { containers: [{ name: 'server', image, resources }] } }
  const { spec, ...rest } = aDeployment({ replicas: 2 })
  return { ...rest, spec: { ...Object(spec), template } }
}
const tracked = () => {
  const { metadata, ...rest } = serving('v8')
  return { ...rest, metadata: { ...metadata, labels: { 'slipway.dev/track': 'canary' } } }
}
const candidate = anAction('create', 'Deployment', { name: 'chat-b', desired: tracked() })

function said(actions: Action[]): string[] {
  const [change] = endpointChanges(actions.map(action => ({ ...action, endpoint: 'chat' })))
  if (change === undefined) return []
  return [...change.highlights, ...effectsOf(change.impact).map(({ text }) => text)]
}

test('a canary starts: its share, its GPUs, and no gap', t => {
  t.deepEqual(said([candidate, routeTo(canary(10), STABLE)]), [
    'canary: 10 % of the requests go to the candidate chat-b (image registry.example.com/vllm:v8)',
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
    'canary: 50 % of the requests go to the candidate, until now 10 %',
    'restarts no pods',
    'downtime: no',
  ])
})

test('a new endpoint with a canary', t => {
  const words = said([
    anAction('create', 'Deployment', { desired: aDeployment() }),
    routeTo(canary(5)),
  ])
  t.true(words.includes('canary: 5 % of the requests go to the candidate'), words.join('\n'))
})

test('a promotion: others take over, nothing restarts, no gap', t => {
  const actions = [
    anAction('update', 'Deployment', {
      name: 'chat-b',
      desired: serving('v8'),
      changes: [
        { path: 'spec.replicas', before: 1, after: 3 },
        { path: 'metadata.labels["slipway.dev/track"]', before: 'canary' },
      ],
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
    'promotes the canary: all requests go to chat-b (image registry.example.com/vllm:v8), and chat goes',
    'replicas 1 → 3',
    'restarts no pods',
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
    'gives up the canary: all requests go to what served before, and chat-b goes',
    'restarts no pods',
    'downtime: no',
    'deletes Deployment',
  ])
})

test('others take over, and there was no canary', t => {
  const words = said([
    anAction('create', 'Deployment', { name: 'chat-b', desired: serving('v8') }),
    anAction('prune', 'Deployment', { settles: true }),
  ])
  t.is(words[0], 'other pods take over from chat')
})

test('what changes of the candidate is said to be its', t => {
  const image = { path: 'spec.template.spec.containers[name=server].image' }
  const [before, after] = ['registry.example.com/vllm:v8', 'registry.example.com/vllm:v9']
  const words = said([
    anAction('update', 'Deployment', {
      name: 'chat-b',
      desired: tracked(),
      changes: [{ ...image, before, after }],
    }),
  ])
  t.is(words[0], 'canary image v8 → v9')
})

/** A rule of its own leads requests with a header to the candidate. */
function matched(value: string) {
  const headers = [{ type: 'Exact', name: 'x-tester', value }]
  const backendRefs = [{ kind: 'Service', name: 'chat-canary-svc', weight: 1 }]
  return { matches: [{ path: { type: 'PathPrefix', value: '/' }, headers }], backendRefs }
}

function withRules(weight: number, value: string | undefined, changes: FieldChange[]): Action {
  const desired = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'chat-route' },
    spec: { rules: [...rulesOf(canary(weight)), ...(value === undefined ? [] : [matched(value)])] },
  }
  return anAction('update', 'HTTPRoute', { desired, changes, held: true })
}

const HEADER = 'spec.rules[1].matches[0].headers[name=x-tester].value'
const firstShare = { path: 'spec.rules[0].backendRefs[name=chat-canary-svc]' }

for (const [what, action, words] of [
  [
    'comes',
    withRules(50, 'yes', [{ path: 'spec.rules[1]', after: matched('yes') }]),
    '50 % of the requests, and those with x-tester: yes, go to the candidate',
  ],
  [
    'changes',
    withRules(50, 'no', [{ path: HEADER, before: 'yes', after: 'no' }]),
    '50 % of the requests, and those with x-tester: no, go to the candidate',
  ],
  [
    'goes',
    withRules(0, undefined, [{ path: 'spec.rules[1]', before: matched('no') }]),
    'no requests go to the candidate, no longer those with x-tester: no',
  ],
  [
    'comes with no share beside it',
    withRules(0, 'yes', [
      { ...firstShare, after: { name: 'chat-canary-svc', weight: 0 } },
      { path: 'spec.rules[1]', after: matched('yes') },
    ]),
    'only requests with x-tester: yes go to the candidate',
  ],
  [
    'is told with all rules',
    withRules(10, 'yes', [
      {
        path: 'spec.rules',
        before: rulesOf(STABLE),
        after: [...rulesOf(canary(10)), matched('yes')],
      },
    ]),
    '10 % of the requests, and those with x-tester: yes, go to the candidate',
  ],
] as const)
  test(`requests with a header are the candidate's: the header ${what}`, t => {
    t.deepEqual(said([action]), [`canary: ${words}`, 'restarts no pods', 'downtime: no'])
  })

test('blue-green: nothing, then all of it', t => {
  t.is(
    said([candidate, routeTo(canary(0), STABLE)])[0],
    'canary: no requests go to the candidate chat-b (image registry.example.com/vllm:v8)',
  )
  t.is(
    said([shiftOf(canary(100), canary(0))])[0],
    'canary: all requests go to the candidate, until now 0 %',
  )
})

test('all three forms say it alike', t => {
  const plan = aPlan(
    [candidate, routeTo(canary(10), STABLE)].map(each => ({ ...each, endpoint: 'chat' })),
  )
  const words =
    'canary: 10 % of the requests go to the candidate chat-b (image registry.example.com/vllm:v8)'
  for (const shown of [
    planAsText(plan, painter(false)),
    planAsMarkdown(plan),
    reportAsHtml(planReport(plan)),
  ])
    t.true(shown.includes(words), shown)
})

test('another timeout is no other share', t => {
  const route = routeTo(STABLE, STABLE)
  t.deepEqual(said([route]), ['1 field', 'restarts no pods', 'downtime: no'])
})
