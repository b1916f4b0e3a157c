import test from 'ava'
import { anEndpoint } from '../../support/endpoint.ts'
import { bothOutcomes, foundBy, patched, withObjects } from './outcomes.ts'

const resources = { cpu: 4, memory: '8Gi' }
const scaled = anEndpoint({ scaling: { min: 1, max: 3, cpu: 70 }, resources })
const kserve = anEndpoint({ runtime: 'kserve', scaling: { max: 3, cpu: 70 }, resources })

test('hpa-target', bothOutcomes, 'hpa-target', {
  good: [scaled],
  bad: [
    patched(
      'HorizontalPodAutoscaler',
      { spec: { scaleTargetRef: { name: 'other' } } },
      { scaling: { max: 3, cpu: 70 }, resources },
    ),
    anEndpoint({}, { name: 'other' }),
  ],
  says: /HorizontalPodAutoscaler\/llm\/chat-hpa scales Deployment other, which this endpoint does not have/,
  blames: 'spec.patches[0]',
})

test('hpa-replicas', bothOutcomes, 'hpa-replicas', {
  good: [scaled, anEndpoint({ replicas: 3 }, { name: 'other' })],
  bad: [
    patched('Deployment', { spec: { replicas: 2 } }, { scaling: { max: 3, cpu: 70 }, resources }),
  ],
  says: /Deployment\/llm\/chat sets replicas 2, which HorizontalPodAutoscaler\/llm\/chat-hpa decides/,
  blames: 'spec.patches[0]',
})

test('hpa-bounds', bothOutcomes, 'hpa-bounds', {
  good: [scaled],
  bad: [anEndpoint({ scaling: { min: 4, max: 3, cpu: 70 }, resources })],
  says: /has at least 4 and at most 3 replicas/,
  blames: 'spec.scaling.max',
})

test('hpa-bounds: down to zero before 1.37', t => {
  const metrics = [{ type: 'External', external: {} }]
  const found = (kubernetesVersion: string) =>
    foundBy('hpa-bounds', [
      anEndpoint({ scaling: { min: 0, max: 3, metrics } }, { kubernetesVersion }),
    ]).map(({ message }) => message)
  t.deepEqual(found('1.37'), [])
  t.deepEqual(found('1.36'), [
    'HorizontalPodAutoscaler/llm/chat-hpa goes down to 0 replicas, and Kubernetes 1.36 does not do that by itself: 1.37 is the first',
  ])
})

test('hpa-bounds: from zero nothing scales up', bothOutcomes, 'hpa-bounds', {
  good: [
    kserve,
    anEndpoint(
      { scaling: { min: 0, max: 3, metrics: [{ type: 'External', external: {} }] } },
      { name: 'queue' },
    ),
  ],
  bad: [anEndpoint({ runtime: 'kserve', scaling: { min: 0, max: 3, cpu: 70 }, resources })],
  says: /InferenceService\/llm\/chat goes down to 0 replicas/,
  blames: 'spec.scaling.min',
})

test('R7 · hpa-metrics: no target would be a value from nowhere', bothOutcomes, 'hpa-metrics', {
  good: [scaled],
  bad: [anEndpoint({ scaling: { min: 1, max: 3 }, resources })],
  says: /HorizontalPodAutoscaler\/llm\/chat-hpa has nothing to scale by/,
  blames: 'spec.scaling',
})

test('hpa-metrics: the same for KServe', bothOutcomes, 'hpa-metrics', {
  good: [kserve, anEndpoint({ runtime: 'kserve' }, { name: 'fixed' })],
  bad: [anEndpoint({ runtime: 'kserve', scaling: { max: 3 }, resources })],
  says: /InferenceService\/llm\/chat has nothing to scale by/,
  blames: 'spec.scaling',
})

test('hpa-metrics: a percentage of no request', bothOutcomes, 'hpa-metrics', {
  good: [scaled],
  bad: [anEndpoint({ scaling: { max: 3, memory: 80 }, resources: { cpu: 1 } })],
  says: /scales by memory in percent of the request, and container server has no memory request/,
  blames: 'spec.scaling.memory',
})

test('hpa-metrics: of each container, a patched-in one too', t => {
  const sidecar = { spec: { template: { spec: { containers: [{ name: 'proxy' }] } } } }
  const spec = { scaling: { max: 3, cpu: 70 }, resources }
  const [problem] = foundBy('hpa-metrics', [patched('Deployment', sidecar, spec)])
  t.regex(problem?.message ?? '', /container proxy has no cpu request/)
  t.is(problem?.remedy, 'Set resources.requests.cpu of container proxy.')
  const limited = [{ name: 'proxy', resources: { limits: { cpu: '1' } } }]
  const withLimit = { spec: { template: { spec: { containers: limited } } } }
  t.deepEqual(foundBy('hpa-metrics', [patched('Deployment', withLimit, spec)]), [], 'its request')
})

const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'chat' }
const scaler = (name: string, scaleTargetRef: object = target) => ({
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  metadata: { name, namespace: 'llm' },
  spec: { scaleTargetRef, triggers: [] },
})

test('hpa-target: of two autoscalers of one workload the one written by hand is told', t => {
  const found = foundBy('hpa-target', [withObjects(scaled, [scaler('mine')])])
  t.deepEqual(
    found.map(({ severity, message }) => [severity, message]),
    [
      [
        'error',
        'ScaledObject/llm/mine scales Deployment chat, and so does HorizontalPodAutoscaler/llm/chat-hpa',
      ],
    ],
  )
})

test('hpa-target: one of its own may scale what others have, and hardly what is misspelt', t => {
  const told = (name: string) =>
    foundBy('hpa-target', [withObjects(anEndpoint({}), [scaler('mine', { ...target, name })])]).map(
      ({ severity, remedy }) => `${severity}: ${remedy}`,
    )
  t.deepEqual(told('batch'), [])
  t.deepEqual(told('chat-predictor'), [])
  t.deepEqual(told('caht'), [
    'warning: Did you mean "chat"? If not, see that it exists in the namespace.',
  ])
})

const ways = { stabilizationWindowSeconds: 0, selectPolicy: 'Disabled' }
const policies = [{ type: 'Pods', value: 1, periodSeconds: 1800 }]
const behaving = (behavior: object) => ({ min: 1, max: 3, cpu: 70, behavior: { ...behavior } })

const WRONG: [object, RegExp, string][] = [
  [{ stabilizationWindowSeconds: 3601 }, /must be from 0 to 3600 s, not the number 3601/, ''],
  [{ selectPolicy: 'Most' }, /must be Max, Min or Disabled, not "Most"/, ''],
  [{ policies: [{ ...policies[0], type: 'Pod' }] }, /must be Pods or Percent/, 'policies[0].type'],
  [{ policies: [{ ...policies[0], value: 0 }] }, /must be above 0/, 'policies[0].value'],
  [
    { policies: [...policies, { ...policies[0], periodSeconds: 0 }] },
    /must be from 1 to 1800 s/,
    'policies[1].periodSeconds',
  ],
]

for (const [scaleDown, says, below] of WRONG) {
  const field = below === '' ? (Object.keys(scaleDown)[0] ?? '') : below
  test(`hpa-behavior: ${JSON.stringify(scaleDown)}`, bothOutcomes, 'hpa-behavior', {
    good: [anEndpoint({ scaling: behaving({ scaleUp: { ...ways, policies } }), resources })],
    bad: [anEndpoint({ scaling: behaving({ scaleDown }), resources })],
    says,
    blames: `spec.scaling.behavior.scaleDown.${field}`,
  })
}

test('hpa-behavior: of a ScaledObject, which hands it on', bothOutcomes, 'hpa-behavior', {
  good: [anEndpoint({ scaling: queued({ scaleUp: ways }) })],
  bad: [anEndpoint({ scaling: queued({ scaleUp: { selectPolicy: 'Most' } }) })],
  says: /ScaledObject\/llm\/chat-scaler must be Max, Min or Disabled/,
  blames: 'spec.scaling.behavior.scaleUp.selectPolicy',
})

function queued(behavior: Record<string, object>) {
  const prometheus = { query: 'sum(waiting)', serverAddress: 'http://prometheus:9090' }
  return { min: 1, max: 3, queue: { prometheus, target: 5 }, behavior }
}
