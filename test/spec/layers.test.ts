import test from 'ava'
import type { Place } from '../../src/problem/index.ts'
import { endpointFile, load, loadChat, originText, problemText, projectFile } from './support.ts'

const IMAGE = 'image: registry.example.com/chat:v1'

/** Each case: layers from weak to strong, and a field of the merged spec. */
interface Case {
  servingTarget?: string
  defaults?: string
  overlay?: string
  endpoint?: string
  path: string
  expected: unknown
}

const merges = test.macro(async (t, layers: Case) => {
  const chat = await loadChat(t, filesOf(layers))
  t.deepEqual(valueAt(chat.spec, layers.path), layers.expected)
})

function filesOf({
  servingTarget,
  defaults,
  overlay,
  endpoint = '',
}: Omit<Case, 'path' | 'expected'>) {
  const spec = [
    servingTarget === undefined ? '' : `servingTargets: {predict: ${servingTarget}}`,
    defaults === undefined ? '' : `defaults: ${defaults}`,
  ]
  return {
    'slipway.yaml': projectFile({
      spec: spec.filter(line => line !== '').join('\n'),
      environment: overlay === undefined ? '' : `overlay: ${overlay}`,
    }),
    'endpoints/chat.yaml': endpointFile(`${IMAGE}\n${endpoint}`),
  }
}

function valueAt(value: unknown, path: string): unknown {
  const steps = path.split('.')
  return steps.reduce<unknown>(
    (part, step) => (part as Record<string, unknown> | undefined)?.[step],
    value,
  )
}

test('R7 · built-in values hold when nobody says anything', merges, {
  path: 'probes',
  expected: {
    path: '/health',
    readiness: { initialDelay: 30, period: 10, timeout: 5, failures: 3 },
    liveness: { initialDelay: 60, period: 20, timeout: 5, failures: 3 },
  },
})
test('R7 · the endpoint is stronger than all others', merges, {
  servingTarget: '{port: 1}',
  defaults: '{port: 2}',
  overlay: '[{port: 3}]',
  endpoint: 'port: 4',
  path: 'port',
  expected: 4,
})
test('R7 · the overlay is stronger than the project’s defaults', merges, {
  servingTarget: '{port: 1}',
  defaults: '{port: 2}',
  overlay: '[{port: 3}]',
  path: 'port',
  expected: 3,
})
test('R7 · the project’s defaults are stronger than those of a serving target', merges, {
  servingTarget: '{port: 1}',
  defaults: '{port: 2}',
  path: 'port',
  expected: 2,
})
test('R7 · a serving target’s defaults are stronger than built-in ones', merges, {
  servingTarget: '{port: 1}',
  path: 'port',
  expected: 1,
})
test('R7 · later entries of an overlay win', merges, {
  overlay: '[{port: 1}, {port: 2}]',
  path: 'port',
  expected: 2,
})
test('R7 · an entry for others does not count', merges, {
  overlay: '[{port: 1}, {match: {labels: {}, serves: [predict, rag], name: chat}, port: 2}]',
  path: 'port',
  expected: 2,
})
test('R7 · maps merge field by field', merges, {
  defaults: '{resources: {cpu: {request: 1, limit: 2}}}',
  endpoint: 'resources: {cpu: {request: 500m}, memory: 2Gi}',
  path: 'resources',
  expected: {
    gpus: 0,
    gpuResource: 'nvidia.com/gpu',
    cpu: { request: '500m', limit: '2' },
    memory: { request: '2Gi', limit: '2Gi' },
  },
})
test('R7 · one quantity is request and limit, and one of them can be changed', merges, {
  defaults: '{resources: {cpu: 4}}',
  endpoint: 'resources: {cpu: {request: 2}}',
  path: 'resources.cpu',
  expected: { request: '2', limit: '4' },
})
test('R7 · lists replace', merges, {
  defaults: '{args: [--one, --two]}',
  endpoint: 'args: [--three]',
  path: 'args',
  expected: ['--three'],
})
test('K5 · pull secrets of all layers count', merges, {
  defaults: '{imagePullSecrets: [ecr]}',
  overlay: '[{imagePullSecrets: [ecr, mirror]}]',
  endpoint: 'imagePullSecrets: [own]',
  path: 'imagePullSecrets',
  expected: ['ecr', 'mirror', 'own'],
})
test('R7 · volumes merge by name, a volume as a whole', merges, {
  defaults:
    '{volumes: [{name: a, pvc: a, mountPath: /a, readOnly: true}, {name: b, pvc: b, mountPath: /b}]}',
  endpoint: 'volumes: [{name: a, secret: x, mountPath: /x}, {name: c, pvc: c, mountPath: /c}]',
  path: 'volumes',
  expected: [
    { name: 'a', secret: 'x', mountPath: '/x' },
    { name: 'b', pvc: 'b', mountPath: '/b' },
    { name: 'c', pvc: 'c', mountPath: '/c' },
  ],
})
test('R7 · patches of weaker layers run first', merges, {
  defaults: '{patches: [{target: {kind: Deployment}, merge: {a: null}}]}',
  endpoint: 'patches: [{target: {kind: Service}, merge: {b: 1}}]',
  path: 'patches',
  expected: [
    { target: { kind: 'Deployment' }, merge: { a: null } },
    { target: { kind: 'Service' }, merge: { b: 1 } },
  ],
})
test('R7 · a preStop of another form replaces the weaker one', merges, {
  endpoint: 'shutdown: {preStop: {http: /drain}}',
  path: 'shutdown',
  expected: { gracePeriod: 30, preStop: { http: '/drain' } },
})
test('R7 · a variable of another form replaces the weaker one', merges, {
  defaults: '{env: {TOKEN: {secret: hf, key: token}, LOG_LEVEL: info}}',
  endpoint: 'env: {TOKEN: {configMap: tokens, key: hf}}',
  path: 'env',
  expected: { TOKEN: { configMap: 'tokens', key: 'hf' }, LOG_LEVEL: 'info' },
})
test('T5 · a budget of the other form replaces the weaker one', merges, {
  defaults: '{disruptionBudget: {minAvailable: 1}}',
  endpoint: 'replicas: 2\ndisruptionBudget: {maxUnavailable: 50%}',
  path: 'disruptionBudget',
  expected: { maxUnavailable: '50%' },
})
test('K2 · false switches a probe off', merges, {
  endpoint: 'probes: {liveness: false}',
  path: 'probes.liveness',
  expected: false,
})
test('K2 · a map over false revives what weaker layers say', merges, {
  defaults: '{probes: {liveness: false}}',
  endpoint: 'probes: {liveness: {period: 5s}}',
  path: 'probes.liveness',
  expected: { initialDelay: 60, period: 5, timeout: 5, failures: 3 },
})
test('R7 · null takes back what weaker layers say', merges, {
  defaults: '{env: {PROXY: http://proxy, LOG_LEVEL: info}}',
  endpoint: 'env: {PROXY: null}',
  path: 'env',
  expected: { LOG_LEVEL: 'info' },
})
test('R7 · null does not reach stronger layers', merges, {
  defaults: '{env: {PROXY: null}}',
  endpoint: 'env: {PROXY: http://proxy}',
  path: 'env.PROXY',
  expected: 'http://proxy',
})
test('R7 · null leads back to the built-in value', merges, {
  defaults: '{probes: {path: /ready}}',
  endpoint: 'probes: {path: null}',
  path: 'probes.path',
  expected: '/health',
})
test('R7 · null of a whole section takes the section back', merges, {
  defaults: '{scheduling: {nodeSelector: {gpu: a100}, spread: zone}}',
  endpoint: 'scheduling:\n',
  path: 'scheduling',
  expected: undefined,
})
test('R7 · nulls inside lists are data', merges, {
  endpoint: 'smoke: [{post: /predict, body: {input: null}}]',
  path: 'smoke',
  expected: [{ post: '/predict', body: { input: null } }],
})
test('R7 · values of env are taken as written', merges, {
  endpoint: 'env: {VERSION: 1.10, FLAG: True, SIZE: 1e3, NAME: yes}',
  path: 'env',
  expected: { VERSION: '1.10', FLAG: 'True', SIZE: '1e3', NAME: 'yes' },
})
test('R7 · stronger replicas end weaker scaling', merges, {
  defaults: '{resources: {cpu: 1}, scaling: {max: 4, cpu: 70}}',
  endpoint: 'replicas: 2',
  path: 'scaling',
  expected: undefined,
})
test('R7 · stronger scaling ends weaker replicas', merges, {
  defaults: '{replicas: 2}',
  endpoint: 'resources: {cpu: 1}\nscaling: {max: 4, cpu: 70}',
  path: 'replicas',
  expected: undefined,
})
test('R7 · scaling of several layers merges, and min is 1', merges, {
  defaults: '{resources: {cpu: 1}, scaling: {cpu: 70}}',
  endpoint: 'scaling: {max: 4}',
  path: 'scaling',
  expected: { min: 1, max: 4, cpu: 70 },
})
test('R7 · scaling: null leads back to fixed replicas', merges, {
  defaults: '{resources: {cpu: 1}, scaling: {max: 4, cpu: 70}}',
  endpoint: 'scaling: null',
  path: 'replicas',
  expected: 1,
})
test('R7 · what autoscalers have in common makes none; its min is the number of replicas', merges, {
  overlay: '[{scaling: {min: 2, cpu: 70}}]',
  path: 'replicas',
  expected: 2,
})
test('R7 · an endpoint’s replicas are stronger than such a min', merges, {
  overlay: '[{scaling: {min: 2}}]',
  endpoint: 'replicas: 5',
  path: 'replicas',
  expected: 5,
})
test('R7 · settings for ingresses make none', merges, {
  defaults: '{ingress: {className: nginx}}',
  path: 'ingress',
  expected: undefined,
})
test('R7 · settings for ingresses are for endpoints that have one', merges, {
  defaults: '{ingress: {className: nginx}}',
  endpoint: 'ingress: {host: chat.example.com}',
  path: 'ingress',
  expected: { className: 'nginx', host: 'chat.example.com' },
})
test('R7 · settings for routes make none', merges, {
  defaults: '{route: {gateway: {namespace: edge, name: shared}}}',
  path: 'route',
  expected: undefined,
})
test('R7 · the project’s gateway is for every endpoint that has a route', merges, {
  defaults: '{route: {gateway: {namespace: edge, name: shared}}, ingress: {className: nginx}}',
  endpoint: 'route: {host: chat.example.com}',
  path: 'route',
  expected: { gateway: { namespace: 'edge', name: 'shared' }, host: 'chat.example.com' },
})
test('K10 · a request that is left out is the limit', merges, {
  endpoint: 'resources: {memory: {limit: 1Gi}}',
  path: 'resources.memory',
  expected: { limit: '1Gi', request: '1Gi' },
})
test('R1 · a name for a service account is its short form', merges, {
  endpoint: 'serviceAccount: serving',
  path: 'serviceAccount',
  expected: { name: 'serving' },
})

test('K8 · the environment’s runtime is stronger than the endpoint’s', async t => {
  const chat = await loadChat(t, {
    'slipway.yaml': projectFile({ environment: 'runtime: deployment' }),
    'endpoints/chat.yaml': endpointFile(`${IMAGE}\nruntime: kserve`),
  })
  t.is(chat.spec.runtime, 'deployment')
  t.is(originText(chat, 'spec.runtime'), 'overlay slipway.yaml:9:7')
})

test('R10 · a forced runtime leaves external endpoints alone, and workload defaults do not reach them', async t => {
  const chat = await loadChat(t, {
    'slipway.yaml': projectFile({
      environment: 'runtime: kserve',
      spec: 'defaults: {smoke: [{get: /health}], image: "registry.example.com/x:1", ingress: {className: nginx}}',
    }),
    'endpoints/chat.yaml': endpointFile(
      'runtime: external\nexternal: {host: api.example.com}\ningress: {host: chat.example.com}',
    ),
  })
  const { runtime, image, smoke, ingress } = chat.spec
  t.deepEqual(
    { runtime, image, smoke },
    { runtime: 'external', image: undefined, smoke: undefined },
  )
  t.deepEqual(ingress, { className: 'nginx', host: 'chat.example.com' })
})

test('T1 · generation has more time to finish than web-like targets', async t => {
  const files = (serves: string) => ({
    'endpoints/chat.yaml': endpointFile(`${IMAGE}\nserves: ${serves}`),
  })
  t.is((await loadChat(t, files('rag'))).spec.shutdown.gracePeriod, 30)
  const generation = await loadChat(t, files('generation'))
  t.deepEqual(generation.spec.shutdown, { gracePeriod: 120, preStop: { sleep: 15 } })
  t.is(originText(generation, 'spec.shutdown.gracePeriod'), 'serving-target')
})

test('R7 · an overlay entry that matches nothing is reported with what was meant', async t => {
  const { problems } = await load({
    'slipway.yaml': projectFile({ environment: 'overlay:\n  - {match: {name: chta}, port: 1}' }),
    'endpoints/chat.yaml': endpointFile(IMAGE),
  })
  t.deepEqual(problems.map(problemText), [
    'slipway.yaml:10:12 warning unknown-endpoint: this overlay entry matches no endpoint',
  ])
  t.is(problems[0]?.remedy, 'Did you mean "chat"?')
})

const OVERRIDES: [string, overlay: string, own: string, expected: string[]][] = [
  [
    'the image of the endpoint is stronger',
    "{match: {name: chat}, image: 'x/chat:v2'}",
    IMAGE,
    ['slipway.yaml:10:33 image'],
  ],
  ['both say the same', `{match: {name: chat}, ${IMAGE}}`, IMAGE, []],
  ['the endpoint does not say it', '{match: {name: chat}, replicas: 2}', IMAGE, []],
  [
    'of a map, the field that both have',
    '{match: {name: chat}, resources: {cpu: 4, memory: 8Gi}}',
    `${IMAGE}\nresources: {cpu: 2}`,
    ['slipway.yaml:10:45 resources.cpu'],
  ],
  [
    'without a name, of all that match',
    '{match: {serves: generation}, replicas: 2}',
    `${IMAGE}\nserves: generation\nreplicas: 1`,
    ['slipway.yaml:10:41 replicas'],
  ],
  [
    'lists that all layers add to',
    '{match: {name: chat}, imagePullSecrets: [a]}',
    `${IMAGE}\nimagePullSecrets: [b]`,
    [],
  ],
  [
    'an entry of such a list under one name',
    '{match: {name: chat}, volumes: [{name: a, emptyDir: {}, mountPath: /a}, {name: b, emptyDir: {}, mountPath: /b}]}',
    `${IMAGE}\nvolumes: [{name: b, emptyDir: {}, mountPath: /c}]`,
    ['slipway.yaml:10:83 volumes'],
  ],
  [
    'a number of replicas beside an autoscaler',
    '{match: {name: chat}, replicas: 3}',
    `${IMAGE}\nscaling: {min: 1, max: 3, cpu: 70}`,
    ['slipway.yaml:10:33 replicas'],
  ],
  [
    'an autoscaler beside a number of replicas',
    '{match: {name: chat}, scaling: {min: 1, max: 3, cpu: 70}}',
    `${IMAGE}\nreplicas: 2`,
    ['slipway.yaml:10:33 scaling'],
  ],
]

for (const [title, overlay, own, expected] of OVERRIDES) {
  test(`R7 · an overlay entry that changes nothing is reported with both lines: ${title}`, async t => {
    const { problems } = await load({
      'slipway.yaml': projectFile({ environment: `overlay:\n  - ${overlay}` }),
      'endpoints/chat.yaml': endpointFile(own),
    })
    const told = problems.filter(({ code }) => code === 'overlay-overridden')
    t.deepEqual(
      told.map(({ place, message }) => `${placeOf(place)} ${message.split(' ', 1)[0]}`),
      expected,
    )
    for (const { message, severity } of told) {
      t.is(severity, 'warning')
      t.regex(
        message,
        / changes nothing for chat: endpoints\/chat\.yaml:\d+:\d+ sets (it, too|scaling|replicas)$/,
      )
    }
  })
}

test('R7 · an entry for many gives way to one of them without a word', async t => {
  const { problems } = await load({
    'slipway.yaml': projectFile({
      environment: 'overlay:\n  - {match: {serves: predict}, replicas: 2}',
    }),
    'endpoints/chat.yaml': endpointFile(`${IMAGE}\nreplicas: 1`),
    'endpoints/rag.yaml': endpointFile(IMAGE, '{name: rag}'),
  })
  t.deepEqual(problems.map(problemText), [])
})

const placeOf = (place: Place | undefined) => `${place?.file}:${place?.line}:${place?.column}`
