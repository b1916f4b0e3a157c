import test from 'ava'
import { quantityOf, type KubeObject } from '../../src/object/index.ts'
import { staleField } from '../../src/status/kserve/predictor.ts'
import { live } from './build.ts'

type Extra = Record<string, unknown>

const service = (predictor: Extra): KubeObject =>
  live('serving.kserve.io/v1beta1', 'InferenceService', 'chat', { spec: { predictor } })
const deployment = (spec: Extra): KubeObject =>
  live('apps/v1', 'Deployment', 'chat-predictor', { spec: { template: { spec } } })

function row(title: string, wanted: Extra, given: Extra, expected?: string): void {
  test(`K3 · ${title}`, t => {
    const containers = [{ name: 'server', ...wanted }]
    const made = [
      { name: 'kserve-container', terminationMessagePath: '/dev/termination-log', ...given },
    ]
    t.is(staleField(service({ containers }), deployment({ containers: made })), expected)
  })
}

row('the same image', { image: 'a:1' }, { image: 'a:1' })
row('another image', { image: 'a:2' }, { image: 'a:1' }, 'containers[0].image')
row('args are compared whole', { args: ['b'] }, { args: ['a', 'b'] }, 'containers[0].args')
row('no args', { args: [] }, {})
row('args taken away', {}, { args: ['a'] }, 'containers[0].args')
row(
  'env beside injected entries',
  { env: [{ name: 'A', value: '1' }] },
  { env: [{ name: 'X' }, { name: 'A', value: '1' }] },
)
row(
  'env changed',
  { env: [{ name: 'A', value: '2' }] },
  { env: [{ name: 'A', value: '1' }] },
  'containers[0].env[name=A].value',
)
row('env missing', { env: [{ name: 'A', value: '2' }] }, {}, 'containers[0].env[name=A].name')
row(
  'an empty value is left out by the API server',
  { env: [{ name: 'A', value: '' }] },
  { env: [{ name: 'A' }] },
)
row(
  'env from a secret',
  { env: [{ name: 'T', valueFrom: { secretKeyRef: { name: 'hf', key: 'new' } } }] },
  { env: [{ name: 'T', valueFrom: { secretKeyRef: { name: 'hf', key: 'old' } } }] },
  'containers[0].env[name=T].valueFrom.secretKeyRef.key',
)
row(
  'ports beside defaults',
  { ports: [{ containerPort: 8000 }] },
  { ports: [{ containerPort: 8000, protocol: 'TCP' }] },
)
row(
  'another port',
  { ports: [{ containerPort: 8001 }] },
  { ports: [{ containerPort: 8000 }] },
  'containers[0].ports[containerPort=8001].containerPort',
)
row(
  'quantities are numbers',
  { resources: { limits: { cpu: '1000m', memory: '1Gi' } } },
  { resources: { limits: { cpu: 1, memory: '1024Mi' }, requests: { cpu: '1' } } },
)
row(
  'another quantity',
  { resources: { limits: { memory: '2Gi' } } },
  { resources: { limits: { memory: '1Gi' } } },
  'containers[0].resources.limits.memory',
)
row(
  'a probe with defaults',
  { readinessProbe: { httpGet: { path: '/health', port: 8000 } } },
  {
    readinessProbe: { httpGet: { path: '/health', port: 8000, scheme: 'HTTP' }, periodSeconds: 10 },
  },
)
row(
  'another probe',
  { readinessProbe: { httpGet: { path: '/ready', port: 8000 } } },
  { readinessProbe: { httpGet: { path: '/health', port: 8000 } } },
  'containers[0].readinessProbe.httpGet.path',
)
row(
  'what KServe may change is not looked at',
  { securityContext: { runAsUser: 1 }, image: 'a' },
  { image: 'a' },
)

test('K3 · grace period and node selector of the pod', t => {
  const containers = [{ name: 'server' }]
  const made = [{ name: 'kserve-container' }]
  const wanted = service({
    containers,
    terminationGracePeriodSeconds: 120,
    nodeSelector: { gpu: 'a100' },
  })
  const given = { containers: made, nodeSelector: { gpu: 'a100', zone: 'x' } }
  t.is(staleField(wanted, deployment({ ...given, terminationGracePeriodSeconds: 120 })), undefined)
  t.is(
    staleField(wanted, deployment({ ...given, terminationGracePeriodSeconds: 30 })),
    'terminationGracePeriodSeconds',
  )
})

test('S1 · a volume that the API server has dropped, in part or in whole', t => {
  const weights = { name: 'model', image: { reference: 'registry.example.com/w:1' } }
  const shared = { name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '0.5Gi' } }
  const wanted = service({ containers: [{ name: 'server' }], volumes: [shared, weights] })
  const made = (...volumes: object[]) =>
    deployment({ containers: [{ name: 'kserve-container' }], volumes })
  const stored = { name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '512Mi' } }
  t.is(staleField(wanted, made({ name: 'more' }, weights, stored)), undefined)
  t.is(staleField(wanted, made(stored)), 'volumes[name=model].image')
  t.is(staleField(wanted, made(stored, { name: 'model' })), 'volumes[name=model].image')
})

const proxy = (image: string) => ({ name: 'proxy', image })

test('K3 · of several containers each keeps its name', t => {
  const wanted = service({
    containers: [
      { name: 'kserve-container', image: 'a:1' },
      { name: 'proxy', image: 'p:2' },
    ],
  })
  const made = { name: 'kserve-container', image: 'a:1' }
  t.is(staleField(wanted, deployment({ containers: [made, proxy('p:2')] })), undefined)
  t.is(staleField(wanted, deployment({ containers: [made, proxy('p:1')] })), 'containers[1].image')
})

const made = (args: string[]) =>
  deployment({ containers: [{ name: 'kserve-container', image: 'rt', args }] })

test('K3 · a model’s arguments follow those of its runtime', t => {
  const wanted = service({
    model: { modelFormat: { name: 'huggingface' }, args: ['--dtype=half'], storageUri: 's3://m' },
  })
  t.is(staleField(wanted, made(['--model_name=x', '--dtype=half'])), undefined)
  t.is(staleField(wanted, made(['--model_name=x', '--dtype=float'])), 'model.args')
  t.is(staleField(service({ model: {} }), made(['--model_name=x'])), undefined)
})

const QUANTITIES: [unknown, unknown, boolean][] = [
  ['1', 1, true],
  ['500m', '0.5', true],
  ['300m', 0.3, true],
  ['1Gi', '1024Mi', true],
  ['1G', '1Gi', false],
  ['1e3', '1k', true],
  ['2E', '2e18', true],
  ['100u', '0.1m', true],
]
for (const [a, b, expected] of QUANTITIES) {
  test(`K3 · quantity ${String(a)} ${expected ? 'equals' : 'differs from'} ${String(b)}`, t => {
    t.is(quantityOf(a) === quantityOf(b), expected)
  })
}
test('K3 · what is no quantity', t => {
  for (const value of ['', 'x', '1x', '1 Gi', undefined, null, {}])
    t.is(quantityOf(value), undefined)
})

const tolerating = (tolerations: object[]) =>
  deployment({ containers: [{ name: 'kserve-container' }], tolerations })

test('K3 · tolerations are compared as a list', t => {
  const gpu = { key: 'nvidia.com/gpu', operator: 'Exists' }
  const containers = [{ name: 'server' }]
  const wanted = service({ containers, tolerations: [gpu] })
  t.is(staleField(wanted, tolerating([{ ...gpu, effect: 'NoSchedule' }])), undefined)
  t.is(staleField(wanted, tolerating([{ ...gpu, key: 'other' }])), 'tolerations[0].key')
  t.is(staleField(wanted, tolerating([gpu, gpu])), 'tolerations')
})
