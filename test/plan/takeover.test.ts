import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { replicasToHandOver, replicasToKeep } from '../../src/plan/decide/scaling.ts'
import { earlierManagers, takenOver, withoutEarlier } from '../../src/plan/decide/takeover.ts'

const KUBECTL = 'kubectl-client-side-apply'

type Fields = Record<string, unknown>

const service = (content: Fields, managers: Record<string, Fields>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  ...content,
  metadata: {
    name: 'chat',
    ...(content['metadata'] as object),
    managedFields: Object.entries(managers).map(([manager, fieldsV1]) => ({
      manager,
      operation: manager === 'slipway' ? ('Apply' as const) : ('Update' as const),
      apiVersion: 'v1',
      fieldsV1,
    })),
  },
})

const goes = test.macro((t, spec: Fields, managers: Record<string, Fields>, left: Fields) => {
  t.deepEqual(withoutEarlier(service({ spec }, managers))['spec'], left)
})

test(
  'R4 · a field that only kubectl apply holds goes',
  goes,
  { a: 1, b: 2 },
  { [KUBECTL]: { 'f:spec': { 'f:a': {} } }, slipway: { 'f:spec': { 'f:b': {} } } },
  { b: 2 },
)
test(
  'R4 · a field that we or anybody else hold, too, stays',
  goes,
  { a: 1, b: 2 },
  {
    [KUBECTL]: { 'f:spec': { 'f:a': {}, 'f:b': {} } },
    slipway: { 'f:spec': { 'f:a': {} } },
    somebody: { 'f:spec': { 'f:b': {} } },
  },
  { a: 1, b: 2 },
)
test(
  'R4 · an item of a keyed list goes with all that was defaulted in it',
  goes,
  { ports: [{ port: 1, protocol: 'TCP', targetPort: 1 }, { port: 2 }] },
  {
    [KUBECTL]: { 'f:spec': { 'f:ports': { 'k:{"port":1}': { '.': {}, 'f:port': {} } } } },
    slipway: { 'f:spec': { 'f:ports': { 'k:{"port":2}': { '.': {}, 'f:port': {} } } } },
  },
  { ports: [{ port: 2 }] },
)
test(
  'R4 · of an item that we hold, too, only the field that we do not goes',
  goes,
  { env: [{ name: 'A', value: 'x', other: 'y' }] },
  {
    [KUBECTL]: { 'f:spec': { 'f:env': { 'k:{"name":"A"}': { 'f:other': {} } } } },
    slipway: { 'f:spec': { 'f:env': { 'k:{"name":"A"}': { 'f:name': {}, 'f:value': {} } } } },
  },
  { env: [{ name: 'A', value: 'x' }] },
)
test(
  'R4 · a value of a set goes, a map that is left empty too',
  goes,
  { set: ['a', 'b'], map: { only: 1 } },
  {
    [KUBECTL]: { 'f:spec': { 'f:set': { 'v:"a"': {} }, 'f:map': { 'f:only': {} } } },
    slipway: { 'f:spec': { 'f:set': { 'v:"b"': {} } } },
  },
  { set: ['b'] },
)
test('R4 · nothing goes where there was no earlier manager', t => {
  const live = service({ spec: { a: 1 } }, { somebody: { 'f:spec': { 'f:a': {} } } })
  t.deepEqual(earlierManagers(live), [])
  t.deepEqual(withoutEarlier(live), live)
})
test('R4 · what nobody holds does not keep a field of which everything else goes', t => {
  const live = service(
    { spec: { a: { b: 1, c: 2 } } },
    { [KUBECTL]: { 'f:spec': { 'f:a': { 'f:b': {} }, 'f:x': {} } } },
  )
  t.deepEqual(withoutEarlier(live)['spec'], undefined)
})
test('R4 · an item of which an earlier manager holds a field, and not itself, stays', t => {
  const fields = { 'f:spec': { 'f:env': { 'k:{"name":"A"}': { 'f:other': {} } } } }
  const live = service(
    { spec: { env: [{ name: 'A', other: 'y' }] } },
    { [KUBECTL]: fields, somebody: { 'f:spec': { 'f:env': {} } } },
  )
  t.deepEqual(withoutEarlier(live)['spec'], { env: [{ name: 'A' }] })
})
test('R4 · finalizers and owners are never taken over', t => {
  const fields = { 'f:metadata': { 'f:finalizers': { 'v:"a"': {} }, 'f:labels': { 'f:old': {} } } }
  const content = { metadata: { finalizers: ['a'], labels: { old: 'yes' } } }
  const live = service(content, { [KUBECTL]: fields })
  t.deepEqual(withoutEarlier(live).metadata.finalizers, ['a'])
  t.deepEqual(withoutEarlier(live).metadata.labels, undefined)
  t.deepEqual(
    takenOver(live, earlierManagers(live)).map(({ fieldsV1 }) => fieldsV1),
    [{ 'f:metadata': { 'f:labels': { 'f:old': {} } } }],
  )
})
test('R4 · entries of another API version than ours stay: their fields have other names', t => {
  const live = service(
    { spec: { a: 1, b: 2 } },
    { slipway: { 'f:spec': { 'f:a': {} } }, [KUBECTL]: { 'f:spec': { 'f:b': {} } } },
  )
  const old = live.metadata.managedFields?.map(entry =>
    entry.manager === KUBECTL ? { ...entry, apiVersion: 'v0' } : entry,
  )
  const other = { ...live, metadata: { ...live.metadata, managedFields: old ?? [] } }
  t.deepEqual(earlierManagers(other), [])
  t.deepEqual(withoutEarlier(other), other)
  t.deepEqual(takenOver(other, [KUBECTL]), other.metadata.managedFields)
})

const deployment = (replicas: number | undefined, owner?: string): KubeObject => ({
  ...service(
    { spec: replicas === undefined ? {} : { replicas } },
    owner === undefined ? {} : { [owner]: { 'f:spec': { 'f:replicas': {} } } },
  ),
  apiVersion: 'apps/v1',
  kind: 'Deployment',
})
test('R4 · replicas that were ours are handed over with their live number', t => {
  const desired = deployment(undefined)
  t.is(replicasToHandOver(desired, deployment(3, 'slipway')), 3)
  t.is(replicasToHandOver(desired, deployment(3, KUBECTL)), 3)
})
test('R4 · replicas of somebody else, or that git says, are not', t => {
  t.is(
    replicasToHandOver(deployment(undefined), deployment(3, 'kube-controller-manager')),
    undefined,
  )
  t.is(replicasToHandOver(deployment(2), deployment(3, 'slipway')), undefined)
})
test('R4 · a replacement begins with the live number only where git leaves it open', t => {
  t.is(replicasToKeep(deployment(undefined), deployment(4)), 4)
  t.is(replicasToKeep(deployment(1), deployment(4)), undefined)
  t.is(replicasToKeep(service({ spec: {} }, {}), service({ spec: { replicas: 2 } }, {})), undefined)
})
