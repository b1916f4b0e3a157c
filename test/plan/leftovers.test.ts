import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { leftoverOf } from '../../src/plan/decide/leftovers.ts'

/** Fields that git does not say and only others hold. */

type Json = Record<string, unknown>

const CREATED = '2026-01-01T00:00:00Z'
const LATER = '2026-02-01T00:00:00Z'

interface Held {
  manager: string
  fields: Json
  time?: string
  subresource?: string
}

const GIT: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'chat' },
  spec: { replicas: 1 },
}
const OURS = { manager: 'slipway', fields: { 'f:spec': { 'f:paused': {} } } }

function live(content: Json, held: Held[]): KubeObject {
  const managedFields = held.map(({ manager, fields, time = CREATED, subresource }) => ({
    manager,
    operation: manager === 'slipway' ? ('Apply' as const) : ('Update' as const),
    apiVersion: 'apps/v1',
    time,
    fieldsV1: fields,
    ...(subresource && { subresource }),
  }))
  const metadata = {
    name: 'chat',
    creationTimestamp: CREATED,
    managedFields,
    ...(content['metadata'] as object),
  }
  return { ...GIT, ...content, metadata }
}

const has = test.macro((t, paths: string[], object: KubeObject, desired: KubeObject = GIT) => {
  const leftover = leftoverOf({ desired, object, setId: 'x' })
  t.deepEqual(leftover?.changes.map(({ path }) => path) ?? [], paths)
})

const spec = (manager: string, ...names: string[]): Held => ({
  manager,
  fields: { 'f:spec': Object.fromEntries(names.map(name => [`f:${name}`, {}])) },
})
const VALUES = { spec: { paused: true, minReadySeconds: 5, revisionHistoryLimit: 10, replicas: 3 } }

test(
  'S2 · what only a backup tool holds is told',
  has,
  ['spec.minReadySeconds'],
  live(VALUES, [OURS, spec('velero-server', 'paused', 'minReadySeconds')]),
)
test(
  'S2 · what the API server would fill in is not',
  has,
  [],
  live(VALUES, [OURS, spec('velero-server', 'revisionHistoryLimit')]),
)
test(
  'S2 · what controllers set is not',
  has,
  [],
  live(VALUES, [OURS, spec('kube-controller-manager', 'minReadySeconds')]),
)
test(
  'S2 · what we or an earlier manager hold, too, is not',
  has,
  [],
  live(VALUES, [spec('slipway', 'minReadySeconds'), spec('velero-server', 'minReadySeconds')]),
)
test(
  'S2 · replicas that git leaves to an autoscaler are not',
  has,
  [],
  live(VALUES, [OURS, spec('velero-server', 'replicas')]),
  { ...GIT, spec: {} },
)
test(
  'S2 · a status or a scale is not',
  has,
  [],
  live(VALUES, [OURS, { ...spec('somebody', 'minReadySeconds'), subresource: 'status' }]),
)

const NOTE = { metadata: { labels: { team: 'a' } } }
const noted = (manager: string, time: string): Held => ({
  manager,
  time,
  fields: { 'f:metadata': { 'f:labels': { 'f:team': {} } } },
})
const made = (field: string): Json => ({
  ...noted('', CREATED).fields,
  'f:spec': { [`f:${field}`]: {} },
})
test(
  'S2 · a label of whoever made the object is told',
  has,
  ['metadata.labels'],
  live({ ...NOTE, ...VALUES }, [
    spec('slipway', 'paused', 'minReadySeconds'),
    { ...noted('velero-server', CREATED), fields: made('paused') },
  ]),
)
test(
  'S2 · a label that a controller puts on at once, as KEDA does, is not of whoever made the object',
  has,
  [],
  live({ ...NOTE, ...VALUES }, [
    spec('slipway', 'paused', 'minReadySeconds'),
    noted('operator', CREATED),
  ]),
)
test(
  'S2 · an object may have nothing but labels of whoever made it',
  has,
  ['metadata.labels.team'],
  live({ ...NOTE, spec: undefined }, [
    { manager: 'slipway', fields: { 'f:metadata': { 'f:labels': { 'f:b': {} } } } },
    noted('velero-server', CREATED),
  ]),
  { ...GIT, spec: undefined },
)
test(
  'S2 · a label that somebody put on later is a note',
  has,
  [],
  live(NOTE, [OURS, noted('kubectl-label', LATER)]),
)
test(
  'S2 · before the object is in the set, every label is told',
  has,
  ['metadata.labels'],
  live(NOTE, [noted('kubectl-label', LATER)]),
)

const RESTARTED = { 'kubectl.kubernetes.io/restartedAt': LATER }
const annotated = {
  'f:spec': {
    'f:template': {
      'f:metadata': { 'f:annotations': { 'f:kubectl.kubernetes.io/restartedAt': {} } },
    },
  },
}
test(
  'S2 · a restart by hand leaves nothing to tell',
  has,
  [],
  live({ spec: { template: { metadata: { labels: { a: '1' }, annotations: RESTARTED } } } }, [
    {
      manager: 'slipway',
      fields: { 'f:spec': { 'f:template': { 'f:metadata': { 'f:labels': { 'f:a': {} } } } } },
    },
    { manager: 'kubectl-rollout', time: LATER, fields: annotated },
  ]),
)

test(
  'S2 · a label that is named as a default is told',
  has,
  ['metadata.labels'],
  live({ metadata: { labels: { type: 'RollingUpdate' } } }, [
    {
      manager: 'velero-server',
      fields: { 'f:metadata': { 'f:labels': { 'f:type': {} } } },
    },
  ]),
)

const template = (pod: Json): Json => ({ 'f:spec': { 'f:template': { 'f:spec': pod } } })
const WITH_LOADER = {
  spec: {
    template: {
      spec: {
        restartPolicy: 'Always',
        initContainers: [{ name: 'mesh', image: 'mesh:1', restartPolicy: 'Always' }],
        containers: [
          { name: 'server', image: 'chat:1', imagePullPolicy: 'IfNotPresent' },
          { name: 'agent', image: 'agent:1', imagePullPolicy: 'Always' },
        ],
      },
    },
  },
}
const key = (name: string) => `k:{"name":"${name}"}`
test(
  'S2 · what makes an init container a sidecar is told, and a pull policy that is not its image’s',
  has,
  [
    'spec.template.spec.initContainers[name=mesh].restartPolicy',
    'spec.template.spec.containers[name=agent].imagePullPolicy',
  ],
  live(WITH_LOADER, [
    {
      manager: 'slipway',
      fields: template({
        'f:initContainers': { [key('mesh')]: { 'f:image': {} } },
        'f:containers': {
          [key('server')]: { 'f:image': {} },
          [key('agent')]: { 'f:image': {} },
        },
      }),
    },
    {
      manager: 'velero-server',
      fields: template({
        'f:restartPolicy': {},
        'f:initContainers': { [key('mesh')]: { 'f:restartPolicy': {} } },
        'f:containers': {
          [key('server')]: { 'f:imagePullPolicy': {} },
          [key('agent')]: { 'f:imagePullPolicy': {} },
        },
      }),
    },
  ]),
)
