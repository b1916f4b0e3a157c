import test from 'ava'
import { anEndpoint } from '../../support/endpoint.ts'
import { bothOutcomes, foundBy, patched } from './outcomes.ts'

const runtime = 'kserve'
const isvc = (predictor: Record<string, unknown>) =>
  patched('InferenceService', { spec: { predictor } }, { runtime })

test('K10 · kserve-container-first', bothOutcomes, 'kserve-container-first', {
  good: [isvc({ containers: [{ name: 'proxy' }] })],
  bad: [
    anEndpoint({
      runtime,
      patches: [
        {
          target: { kind: 'InferenceService' },
          json: [{ op: 'add', path: '/spec/predictor/containers/0', value: { name: 'proxy' } }],
        },
      ],
    }),
  ],
  says: /the first container of InferenceService\/llm\/chat is proxy, not kserve-container/,
  blames: 'spec.patches[0]',
})

test('K10 · kserve-names: longer than KServe’s children can be', bothOutcomes, 'kserve-names', {
  good: [
    anEndpoint({ runtime }, { name: 'a'.repeat(48) }),
    anEndpoint({}, { name: 'b'.repeat(49) }),
  ],
  bad: [anEndpoint({ runtime }, { name: 'a'.repeat(49) })],
  says: /has a name of 49 characters; KServe has room for 48/,
  blames: 'metadata.name',
})

test('K10 · kserve-names: with the namespace too long for a host', bothOutcomes, 'kserve-names', {
  good: [anEndpoint({ runtime }, { name: 'a'.repeat(30), namespace: 'n'.repeat(22) })],
  bad: [anEndpoint({ runtime }, { name: 'a'.repeat(30), namespace: 'n'.repeat(23) })],
  says: /gets the host name a+-predictor-n+, of 64 characters/,
  blames: 'metadata.name',
})

test('K10 · kserve-names: KServe wants a letter first', bothOutcomes, 'kserve-names', {
  good: [anEndpoint({ runtime })],
  bad: [anEndpoint({ runtime }, { name: '7b' })],
  says: /does not begin with a letter/,
  blames: 'metadata.name',
})

test(
  'K10 · kserve-resources: a request above the limit that KServe fills in',
  bothOutcomes,
  'kserve-resources',
  {
    good: [
      anEndpoint({ runtime }),
      anEndpoint({ runtime, resources: { cpu: 4, memory: '8Gi' } }, { name: 'b' }),
      anEndpoint({ runtime, resources: { memory: { request: '1Gi' } } }, { name: 'c' }),
      anEndpoint({ runtime, resources: { memory: { limit: '1Gi' } } }, { name: 'd' }),
    ],
    bad: [anEndpoint({ runtime, resources: { cpu: { request: 4 } } })],
    says: /has a cpu request 4 alone; KServe makes the other one 1/,
    blames: 'spec.resources.cpu',
  },
)

test('K10 · kserve-resources: a patched limit without its request', t => {
  const limits = { memory: '1Gi' }
  const [problem] = foundBy('kserve-resources', [
    isvc({ containers: [{ name: 'kserve-container', resources: { limits } }] }),
  ])
  t.regex(problem?.message ?? '', /has a memory limit 1Gi alone; KServe makes the other one 2Gi/)
})

const resources = { cpu: 1, memory: '2Gi' }

test('R7 · kserve-scaling: what an InferenceService cannot say', bothOutcomes, 'kserve-scaling', {
  good: [
    anEndpoint({ runtime, scaling: { max: 2, cpu: 70, memory: 80 }, resources }),
    anEndpoint({ scaling: { max: 2, cpu: 70, behavior: {} }, resources }, { name: 'b' }),
  ],
  bad: [anEndpoint({ runtime, scaling: { max: 2, cpu: 70, behavior: {} }, resources })],
  says: /cannot set scaling.behavior: KServe creates the autoscaler itself/,
  blames: 'spec.scaling.behavior',
})

test('kserve-scaling: two targets before 0.15', bothOutcomes, 'kserve-scaling', {
  good: [
    anEndpoint({ runtime, scaling: { max: 2, cpu: 70 }, resources }, { kserveVersion: '0.14.1' }),
  ],
  bad: [
    anEndpoint(
      { runtime, scaling: { max: 2, cpu: 70, memory: 80 }, resources },
      { kserveVersion: '0.14.1' },
    ),
  ],
  says: /cannot scale by CPU and memory at once/,
  blames: 'spec.scaling.memory',
})

const serverless = { runtime, kserve: { deploymentMode: 'serverless' } } as const

test(
  'K9 · kserve-scaling: our Service leads nowhere without pods',
  bothOutcomes,
  'kserve-scaling',
  {
    good: [anEndpoint({ ...serverless, scaling: { min: 1, max: 2, cpu: 70 } })],
    bad: [anEndpoint({ ...serverless, scaling: { min: 0, max: 2, cpu: 70 } })],
    says: /may have no pods, and then its Service chat-svc leads nowhere/,
    blames: 'spec.scaling.min',
    severity: 'warning',
  },
)

test('K9 · kserve-mode: the old name blocks all later updates', bothOutcomes, 'kserve-mode', {
  good: [anEndpoint({ runtime }), anEndpoint({ runtime }, { name: 'b', kserveVersion: '0.15.2' })],
  bad: [
    patched(
      'InferenceService',
      { metadata: { annotations: { 'serving.kserve.io/deploymentMode': 'RawDeployment' } } },
      { runtime },
    ),
  ],
  says: /has the deployment mode RawDeployment; KServe 0.16.0 expects Standard/,
  blames: 'spec.patches[0]',
})

const pythonPath = { runtime, env: { PYTHONPATH: '/opt/models' } } as const

test('K10 · kserve-env: KServe 0.18 and newer refuses PYTHONPATH', bothOutcomes, 'kserve-env', {
  good: [
    anEndpoint(pythonPath, { kserveVersion: '0.17.0' }),
    anEndpoint({ env: { PYTHONPATH: '/opt/models' } }, { name: 'b', kserveVersion: '0.20.0' }),
  ],
  bad: [anEndpoint(pythonPath, { kserveVersion: '0.18.0' })],
  says: /container kserve-container of .* sets PYTHONPATH, which KServe 0\.18\.0 refuses/,
  blames: 'spec.env.PYTHONPATH',
})

const init = [{ name: 'first', image: 'a/b:1', env: [{ name: 'PYTHONPATH', value: '/x' }] }]

test('K10 · kserve-env: of every container', bothOutcomes, 'kserve-env', {
  good: [
    anEndpoint(
      { runtime, kserve: { transformer: { containers: [] } } },
      { kserveVersion: '0.20.0' },
    ),
  ],
  bad: [
    anEndpoint(
      { runtime, kserve: { transformer: { initContainers: init } } },
      { kserveVersion: '0.20.0' },
    ),
  ],
  says: /container first of .* sets PYTHONPATH/,
  blames: 'spec.env.PYTHONPATH',
})
