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
