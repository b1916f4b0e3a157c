import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { predict } from '../../src/plan/decide/predict.ts'
import { visibleChanges } from '../../src/plan/fields/visible.ts'

/** What an apply would change, for those who may not ask the API server: read off managedFields. */

const OURS = {
  'f:metadata': { 'f:labels': { 'f:app': {}, 'f:team': {} } },
  'f:spec': {
    'f:paused': {},
    'f:template': {
      'f:spec': {
        'f:containers': {
          'k:{"name":"server"}': {
            '.': {},
            'f:name': {},
            'f:image': {},
            'f:args': {},
            'f:ports': {
              'k:{"containerPort":8080,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} },
            },
          },
        },
      },
    },
  },
}

const OTHERS = {
  'f:metadata': { 'f:labels': { 'f:team': {} } },
  'f:spec': {
    'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"proxy"}': { '.': {} } } } },
  },
}

const LABELS = { app: 'chat', team: 'a' }

const LIVE: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'chat',
    labels: LABELS,
    managedFields: [
      { manager: 'slipway', operation: 'Apply', apiVersion: 'apps/v1', fieldsV1: OURS },
      { manager: 'mesh', operation: 'Update', apiVersion: 'apps/v1', fieldsV1: OTHERS },
    ],
  },
  spec: {
    paused: true,
    replicas: 1,
    template: {
      spec: {
        restartPolicy: 'Always',
        containers: [
          {
            name: 'server',
            image: 'chat:v1',
            args: ['--a'],
            imagePullPolicy: 'IfNotPresent',
            ports: [{ containerPort: 8080, protocol: 'TCP' }],
          },
          { name: 'proxy', image: 'mesh:v1' },
        ],
      },
    },
  },
}

const SERVER = {
  name: 'server',
  image: 'chat:v1',
  args: ['--a'],
  ports: [{ containerPort: 8080 }],
}

function desired(
  server: object,
  spec: object = { paused: true },
  labels: Record<string, string> = LABELS,
): KubeObject {
  const { apiVersion, kind } = LIVE
  const template = { spec: { containers: [server] } }
  return { apiVersion, kind, metadata: { name: 'chat', labels }, spec: { ...spec, template } }
}

const AT = 'spec.template.spec.containers[name=server]'

const ROWS: [title: string, object: KubeObject, changes: object[]][] = [
  ['what git says is there: defaults and the containers of others stay', desired(SERVER), []],
  [
    'an image',
    desired({ ...SERVER, image: 'chat:v2' }),
    [{ path: `${AT}.image`, before: 'chat:v1', after: 'chat:v2' }],
  ],
  [
    'an atomic list is git’s',
    desired({ ...SERVER, args: ['--b'] }),
    [{ path: `${AT}.args`, before: ['--a'], after: ['--b'] }],
  ],
  [
    'another port: the one of before goes, with its defaults',
    desired({ ...SERVER, ports: [{ containerPort: 9090 }] }),
    [
      { path: `${AT}.ports[containerPort=8080]`, before: { containerPort: 8080, protocol: 'TCP' } },
      { path: `${AT}.ports[containerPort=9090]`, after: { containerPort: 9090 } },
    ],
  ],
  [
    'a field that git no longer says goes',
    desired(SERVER, {}),
    [{ path: 'spec.paused', before: true }],
  ],
  [
    'a new field comes',
    desired(SERVER, { paused: true, minReadySeconds: 5 }),
    [{ path: 'spec.minReadySeconds', after: 5 }],
  ],
  [
    'of two labels that git drops, the one that others hold, too, stays',
    desired(SERVER, { paused: true }, {}),
    [{ path: 'metadata.labels.app', before: 'chat' }],
  ],
  [
    'an atomic list that git empties',
    desired({ ...SERVER, args: [] }),
    [{ path: `${AT}.args`, before: ['--a'], after: [] }],
  ],
  ['null is nothing', desired({ ...SERVER, env: null }), []],
]

for (const [title, object, changes] of ROWS) {
  test(`R4 · predicted: ${title}`, t => {
    t.deepEqual<unknown, unknown>(visibleChanges(LIVE, predict(object, LIVE), 'key'), changes)
  })
}

const held = (...names: string[]) => Object.fromEntries(names.map(name => [`f:${name}`, {}]))

/** What slipway once held, and git no longer says. */
function letGo(kind: string, spec: object, fields: object) {
  const metadata = { name: 'chat', labels: { type: 'ClusterIP' } }
  const own = { 'f:metadata': { 'f:labels': held('type') }, 'f:spec': fields }
  const entry = { manager: 'slipway', operation: 'Apply', apiVersion: 'v1', fieldsV1: own }
  const live = { apiVersion: 'v1', kind, metadata: { ...metadata, managedFields: [entry] }, spec }
  const wanted = { apiVersion: 'v1', kind, metadata: { name: 'chat', labels: {} }, spec: {} }
  return predict(wanted, live as unknown as KubeObject)
}

const KEPT: [string, object, object][] = [
  ['Deployment', { replicas: 1 }, held('replicas')],
  ['Deployment', { revisionHistoryLimit: 10, paused: true }, held('revisionHistoryLimit')],
  ['Service', { type: 'ClusterIP', sessionAffinity: 'None' }, held('type', 'sessionAffinity')],
]

for (const [kind, spec, fields] of KEPT) {
  test(`R11 · a default that slipway once held comes back: ${JSON.stringify(spec)}`, t => {
    t.deepEqual(letGo(kind, spec, fields)['spec'] as object, spec)
  })
}

const GONE: [string, object, object][] = [
  ['Deployment', { replicas: 3 }, held('replicas')],
  ['Service', { type: 'NodePort' }, held('type')],
  ['Widget', { replicas: 1 }, held('replicas')],
]

for (const [kind, spec, fields] of GONE) {
  test(`R11 · what is no default goes: ${kind} ${JSON.stringify(spec)}`, t => {
    t.deepEqual(letGo(kind, spec, fields)['spec'] as object, {})
  })
}

test("R11 · a label is nobody's default, whatever its name", t => {
  t.deepEqual(letGo('Service', {}, {}).metadata.labels, {})
})

test('R11 · the pod template has its defaults back, too: nothing restarts', t => {
  const template = {
    spec: {
      terminationGracePeriodSeconds: 30,
      containers: [{ name: 'server', image: 'chat:v1', readinessProbe: { periodSeconds: 10 } }],
    },
  }
  const fields = {
    'f:template': {
      'f:spec': {
        ...held('terminationGracePeriodSeconds'),
        'f:containers': {
          'k:{"name":"server"}': {
            '.': {},
            ...held('name', 'image'),
            'f:readinessProbe': held('periodSeconds'),
          },
        },
      },
    },
  }
  const entry = {
    manager: 'slipway',
    operation: 'Apply' as const,
    apiVersion: 'apps/v1',
    fieldsV1: { 'f:spec': fields },
  }
  const live = { ...LIVE, metadata: { name: 'chat', managedFields: [entry] }, spec: { template } }
  const containers = [{ name: 'server', image: 'chat:v1', readinessProbe: {} }]
  const wanted = {
    ...LIVE,
    metadata: { name: 'chat' },
    spec: { template: { spec: { containers } } },
  }
  t.deepEqual(predict(wanted, live)['spec'] as object, { template })
})

/** Applied whole by slipway; the API server has filled in what git leaves out. */
const REPLACED: [title: string, kind: string, spec: object, wanted: object, expected: object][] = [
  [
    'a variable from the pod’s own fields',
    'Deployment',
    { env: [{ name: 'IP', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'a' } } }] },
    { env: [{ name: 'IP', valueFrom: { fieldRef: { fieldPath: 'a' } } }] },
    { env: [{ name: 'IP', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'a' } } }] },
  ],
  [
    'the ports of a container in an InferenceService',
    'InferenceService',
    {
      containers: [{ name: 'server', image: 'a', ports: [{ containerPort: 1, protocol: 'TCP' }] }],
    },
    { containers: [{ name: 'server', image: 'b', ports: [{ containerPort: 1 }] }] },
    {
      containers: [{ name: 'server', image: 'b', ports: [{ containerPort: 1, protocol: 'TCP' }] }],
    },
  ],
  [
    'and no member that somebody has named',
    'Service',
    { selector: { app: 'chat', type: 'ClusterIP' } },
    { selector: { app: 'chat' } },
    { selector: { app: 'chat' } },
  ],
]

for (const [title, kind, spec, wanted, expected] of REPLACED) {
  test(`R11 · what is replaced whole has its defaults again: ${title}`, t => {
    const head = { apiVersion: 'v1', kind, metadata: { name: 'chat' } }
    const git = { ...head, spec: wanted } as unknown as KubeObject
    const live = { ...head, spec } as unknown as KubeObject
    t.deepEqual(predict(git, live)['spec'] as object, expected)
  })
}
