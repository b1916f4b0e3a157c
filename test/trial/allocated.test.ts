import test from 'ava'
import { kindNamed } from '../../src/kinds/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import { withOwnAllocations, withoutAllocated } from '../../src/trial/allocated.ts'
import { underOtherHosts } from '../../src/trial/hosts.ts'
import { fitsOnceGone } from '../../src/trial/quota.ts'

type Json = Record<string, unknown>

const object = (kind: string, spec: Json): KubeObject => ({
  apiVersion: kindNamed(kind)?.apiVersion ?? 'v1',
  kind,
  metadata: { name: 'chat', namespace: 'llm' },
  spec,
})

const leaves = test.macro((t, kind: string, [desired, live, left]: [Json, Json, Json]) => {
  t.deepEqual(withoutAllocated(object(kind, desired), object(kind, live))['spec'], left)
})

test(
  'S2 · a trial leaves out the node ports that the live Service has, and no others',
  leaves,
  'Service',
  [
    { ports: [{ port: 1, nodePort: 30_001 }, { port: 2, nodePort: 30_002 }, { port: 3 }] },
    { ports: [{ port: 9, nodePort: 30_001 }] },
    { ports: [{ port: 1 }, { port: 2, nodePort: 30_002 }, { port: 3 }] },
  ],
)
test('S2 · a trial leaves out the addresses that the live Service has', leaves, 'Service', [
  {
    clusterIP: '10.0.0.1',
    clusterIPs: ['10.0.0.1'],
    healthCheckNodePort: 30_003,
    type: 'LoadBalancer',
  },
  { clusterIP: '10.0.0.1', clusterIPs: ['10.0.0.1'], healthCheckNodePort: 30_003 },
  { type: 'LoadBalancer' },
])
test('S2 · a trial keeps an address that is to change, and the wish for none', leaves, 'Service', [
  { clusterIP: 'None', healthCheckNodePort: 30_004 },
  { clusterIP: 'None', healthCheckNodePort: 30_003 },
  { clusterIP: 'None', healthCheckNodePort: 30_004 },
])
test(
  'S2 · a trial leaves out the volume that the live claim is bound to',
  leaves,
  'PersistentVolumeClaim',
  [
    { volumeName: 'pv-1', storageClassName: 'fast' },
    { volumeName: 'pv-1' },
    { storageClassName: 'fast' },
  ],
)
test('S2 · a trial of an object that is not there leaves out nothing', t => {
  const desired = object('Service', { clusterIP: '10.0.0.1' })
  t.is(withoutAllocated(desired, undefined), desired)
  t.is(withoutAllocated(desired, object('ConfigMap', { clusterIP: '10.0.0.1' })), desired)
})
test('S2 · what was left out is shown as git says it, and what only the trial was given is not', t => {
  const tried = {
    clusterIP: '10.0.0.9',
    type: 'NodePort',
    ports: [
      { port: 1, nodePort: 30_500 },
      { port: 2, nodePort: 30_501 },
    ],
  }
  const desired = { ports: [{ port: 1, nodePort: 30_001 }, { port: 2 }] }
  t.deepEqual(withOwnAllocations(object('Service', tried), object('Service', desired))['spec'], {
    type: 'NodePort',
    ports: [{ port: 1, nodePort: 30_001 }, { port: 2 }],
  })
})

const ingress = (...hosts: string[]) =>
  object('Ingress', { rules: hosts.map(host => ({ host })), tls: [{ hosts }] })
test('S2 · a trial beside the live Ingress has other hosts in the same domain', t => {
  const tried = underOtherHosts(
    ingress('a.example.com', '*.b.example.com', 'new.example.com'),
    ingress('a.example.com', '*.b.example.com'),
  )
  t.deepEqual(
    tried,
    ingress('slipway-trial.a.example.com', '*.slipway-trial.b.example.com', 'new.example.com'),
  )
  t.is(underOtherHosts(ingress('a.example.com'), ingress('b.example.com')), undefined)
  t.is(underOtherHosts(ingress('a.example.com'), undefined), undefined)
})

const quota = (requested: string, used: string, limited: string) =>
  `services "chat" is forbidden: exceeded quota: q, requested: ${requested}, used: ${used}, limited: ${limited}`
const fits = test.macro((t, expected: boolean, message: string, live: KubeObject) => {
  t.is(fitsOnceGone(message, live), expected)
})
const nodePorts = object('Service', { ports: [{ port: 1, nodePort: 30_001 }, { port: 2 }] })
const one = quota('count/services=1', 'count/services=1', 'count/services=1')
test(
  'S2 · a quota that is full with the live object has room for its replacement',
  fits,
  true,
  one,
  nodePorts,
)
test(
  'S2 · a quota that is more than full has none',
  fits,
  false,
  quota('services=1', 'services=3', 'services=2'),
  nodePorts,
)
test(
  'S2 · node ports are counted one by one',
  fits,
  false,
  quota('services.nodeports=2', 'services.nodeports=2', 'services.nodeports=2'),
  nodePorts,
)
test(
  'S2 · a claim gives back what it asks for',
  fits,
  true,
  quota('requests.storage=2Gi', 'requests.storage=5Gi', 'requests.storage=5Gi'),
  object('PersistentVolumeClaim', { resources: { requests: { storage: '2048Mi' } } }),
)
test(
  'S2 · what nobody knows to be held is not given back',
  fits,
  false,
  quota('cpu=1', 'cpu=1', 'cpu=1'),
  nodePorts,
)
test('S2 · other words are no quota', fits, false, 'must specify limits.cpu', nodePorts)
