import test from 'ava'
import { isCertainlyUnchanged } from '../../src/plan/fields/managed.ts'
import type { KubeObject } from '../../src/object/index.ts'

/** One object's desired and live state with our managedFields entry: whether it is certainly unchanged. */
interface Case {
  desired: Record<string, unknown>
  live: Record<string, unknown>
  fields: Record<string, unknown>
}

function unchanged({ desired, live, fields }: Case): boolean {
  const metadata = { name: 'chat', namespace: 'llm' }
  const type = { apiVersion: 'apps/v1', kind: 'Deployment' }
  const liveObject: KubeObject = {
    ...type,
    ...live,
    metadata: {
      ...metadata,
      uid: '1',
      ...(live['metadata'] as object),
      managedFields: [
        { manager: 'slipway', operation: 'Apply', apiVersion: 'apps/v1', fieldsV1: fields },
      ],
    },
  }
  const desiredObject: KubeObject = {
    ...type,
    ...desired,
    metadata: { ...metadata, ...(desired['metadata'] as object) },
  }
  return isCertainlyUnchanged(desiredObject, liveObject)
}

const is = test.macro((t, expected: boolean, given: Case) => {
  t.is(unchanged(given), expected)
})

const replicas = { 'f:spec': { 'f:replicas': {} } }

test('a leaf that is ours and equal is unchanged', is, true, {
  desired: { spec: { replicas: 2 } },
  live: { spec: { replicas: 2, paused: false } },
  fields: replicas,
})
test('a leaf with another value is not', is, false, {
  desired: { spec: { replicas: 2 } },
  live: { spec: { replicas: 3 } },
  fields: replicas,
})
test('a leaf that is equal but not ours is not', is, false, {
  desired: { spec: { replicas: 2, paused: true } },
  live: { spec: { replicas: 2, paused: true } },
  fields: replicas,
})
test('a leaf that is ours and no longer desired is not', is, false, {
  desired: { spec: { replicas: 2 } },
  live: { spec: { replicas: 2, paused: true } },
  fields: { 'f:spec': { 'f:replicas': {}, 'f:paused': {} } },
})
test('labels of others beside ours do not matter', is, true, {
  desired: { metadata: { labels: { a: '1' } } },
  live: { metadata: { labels: { a: '1', b: '2' } } },
  fields: { 'f:metadata': { 'f:labels': { 'f:a': {} } } },
})
test('an atomic map is compared whole', is, false, {
  desired: { spec: { selector: { a: '1' } } },
  live: { spec: { selector: { a: '1', b: '2' } } },
  fields: { 'f:spec': { 'f:selector': {} } },
})
test('an empty map that is desired and live is unchanged', is, true, {
  desired: { spec: { volume: { emptyDir: {} } } },
  live: { spec: { volume: { emptyDir: {} } } },
  fields: { 'f:spec': { 'f:volume': { 'f:emptyDir': {} } } },
})
test('an empty map that got content from elsewhere is not certain', is, false, {
  desired: { spec: { volume: { emptyDir: {} } } },
  live: { spec: { volume: { emptyDir: { medium: 'Memory' } } } },
  fields: { 'f:spec': { 'f:volume': { 'f:emptyDir': {} } } },
})

const portFields = {
  'f:spec': {
    'f:ports': {
      'k:{"containerPort":8000,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {}, 'f:name': {} },
    },
  },
}
test('a key that the server defaulted (protocol) still matches', is, true, {
  desired: { spec: { ports: [{ containerPort: 8000, name: 'http' }] } },
  live: { spec: { ports: [{ containerPort: 8000, name: 'http', protocol: 'TCP' }] } },
  fields: portFields,
})
test('two ports that differ in the defaulted key only are not certain', is, false, {
  desired: { spec: { ports: [{ containerPort: 8000, name: 'http' }] } },
  live: {
    spec: {
      ports: [
        { containerPort: 8000, name: 'http', protocol: 'TCP' },
        { containerPort: 8000, name: 'quic', protocol: 'UDP' },
      ],
    },
  },
  fields: {
    'f:spec': {
      'f:ports': {
        ...portFields['f:spec']['f:ports'],
        'k:{"containerPort":8000,"protocol":"UDP"}': { '.': {}, 'f:containerPort': {} },
      },
    },
  },
})

const env = (...names: string[]) => names.map(name => ({ name, value: '1' }))
const envFields = (...names: string[]) => ({
  'f:spec': {
    'f:env': Object.fromEntries(
      names.map(name => [`k:{"name":"${name}"}`, { '.': {}, 'f:name': {}, 'f:value': {} }]),
    ),
  },
})
test('items of others between ours do not matter', is, true, {
  desired: { spec: { env: env('A', 'C') } },
  live: { spec: { env: env('A', 'B', 'C') } },
  fields: envFields('A', 'C'),
})
test('another order is not certain: variables may refer to earlier ones', is, false, {
  desired: { spec: { env: env('C', 'A') } },
  live: { spec: { env: env('A', 'C') } },
  fields: envFields('A', 'C'),
})
test('an item that is ours and no longer desired is not', is, false, {
  desired: { spec: { env: env('A') } },
  live: { spec: { env: env('A', 'C') } },
  fields: envFields('A', 'C'),
})
test('an item that is desired and not ours is not', is, false, {
  desired: { spec: { env: env('A', 'C') } },
  live: { spec: { env: env('A', 'C') } },
  fields: envFields('A'),
})
test('a set of values is unchanged when all are ours', is, true, {
  desired: { metadata: { finalizers: ['a/b'] } },
  live: { metadata: { finalizers: ['a/b', 'c/d'] } },
  fields: { 'f:metadata': { 'f:finalizers': { 'v:"a/b"': {} } } },
})
test('a set without one of ours is not', is, false, {
  desired: { metadata: { finalizers: ['a/b'] } },
  live: { metadata: { finalizers: ['c/d'] } },
  fields: { 'f:metadata': { 'f:finalizers': { 'v:"a/b"': {} } } },
})
test('an atomic list with defaults added inside is not certain', is, false, {
  desired: { spec: { containers: [{ name: 'a' }] } },
  live: { spec: { containers: [{ name: 'a', resources: {} }] } },
  fields: { 'f:spec': { 'f:containers': {} } },
})
test('a map that git filled after it was applied empty is not ours yet', is, false, {
  desired: { spec: { strategy: { rollingUpdate: { maxSurge: 1 } } } },
  live: { spec: { strategy: { rollingUpdate: { maxSurge: 1 } } } },
  fields: { 'f:spec': { 'f:strategy': { 'f:rollingUpdate': {} } } },
})
test('an atomic map that is ours and equal is unchanged', is, true, {
  desired: { spec: { selector: { matchLabels: { a: '1' } } } },
  live: { spec: { selector: { matchLabels: { a: '1' } } } },
  fields: { 'f:spec': { 'f:selector': {} } },
})
test('a set in another order is not certain', is, false, {
  desired: { metadata: { finalizers: ['a/b', 'c/d'] } },
  live: { metadata: { finalizers: ['c/d', 'a/b'] } },
  fields: { 'f:metadata': { 'f:finalizers': { 'v:"a/b"': {}, 'v:"c/d"': {} } } },
})
test('a value that is in a set twice is not certain', is, false, {
  desired: { metadata: { finalizers: ['a/b'] } },
  live: { metadata: { finalizers: ['a/b', 'a/b'] } },
  fields: { 'f:metadata': { 'f:finalizers': { 'v:"a/b"': {} } } },
})
test('an item that is there twice is not certain: the API server would make it one', is, false, {
  desired: { spec: { env: env('A') } },
  live: { spec: { env: env('A', 'B', 'A') } },
  fields: envFields('A'),
})
test('an item that is atomic is compared whole', is, true, {
  desired: { spec: { imagePullSecrets: [{ name: 'a' }] } },
  live: { spec: { imagePullSecrets: [{ name: 'a' }] } },
  fields: { 'f:spec': { 'f:imagePullSecrets': { 'k:{"name":"a"}': {} } } },
})
test('a protocol that git no longer says is still ours: not certain', is, false, {
  desired: { spec: { ports: [{ containerPort: 8000 }] } },
  live: { spec: { ports: [{ containerPort: 8000, protocol: 'TCP' }] } },
  fields: {
    'f:spec': {
      'f:ports': {
        'k:{"containerPort":8000,"protocol":"TCP"}': {
          '.': {},
          'f:containerPort': {},
          'f:protocol': {},
        },
      },
    },
  },
})
test('a quantity that is written otherwise is asked about', is, false, {
  desired: { spec: { cpu: '0.5' } },
  live: { spec: { cpu: '500m' } },
  fields: { 'f:spec': { 'f:cpu': {} } },
})
test('indexed lists are never certain', is, false, {
  desired: { spec: { list: ['a'] } },
  live: { spec: { list: ['a'] } },
  fields: { 'f:spec': { 'f:list': { 'i:0': {} } } },
})
test('a null is asked about', is, false, {
  desired: { spec: { replicas: null } },
  live: { spec: {} },
  fields: { 'f:spec': {} },
})

test('an object that we never applied is not certain', t => {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: '1' } }
  t.false(isCertainlyUnchanged(object, { ...object, metadata: { name: 'a', managedFields: [] } }))
})

test('an entry of another API version is not certain', t => {
  const desired: KubeObject = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'a' },
    spec: { maxReplicas: 2 },
  }
  const entry = {
    manager: 'slipway',
    operation: 'Apply',
    apiVersion: 'autoscaling/v1',
    fieldsV1: { 'f:spec': { 'f:maxReplicas': {} } },
  } as const
  t.false(
    isCertainlyUnchanged(desired, { ...desired, metadata: { name: 'a', managedFields: [entry] } }),
  )
})
