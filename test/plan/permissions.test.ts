import test from 'ava'
import { RENDERED_TYPES } from '../../src/kinds/index.ts'
import { permissionsFor, readingOf, rolePermissions } from '../../src/plan/permissions.ts'
import { rolesFor } from '../../src/plan/roles.ts'
import { anEndpoint, aSet } from '../support/endpoint.ts'

const refs = [
  { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'llm' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', namespace: 'llm' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', namespace: 'other' },
]
const permissions = permissionsFor({ home: 'llm', refs, createNamespaces: [] })
const verbsOf = (namespace: string, resource: string) =>
  permissions
    .filter(each => each.namespace === namespace && each.resource === resource)
    .map(({ verbs }) => verbs.join(' '))

test('what is rendered may be written and deleted, what is only looked at may be read', t => {
  t.deepEqual(verbsOf('llm', 'deployments'), ['get list watch create patch delete'])
  t.deepEqual(verbsOf('llm', 'ingresses'), ['get list watch create patch delete'])
  t.deepEqual(verbsOf('other', 'networkpolicies'), ['get list watch create patch delete'])
  t.deepEqual(verbsOf('llm', 'pods'), ['list watch'])
  t.deepEqual(verbsOf('other', 'deployments'), ['list'])
})
test('what KServe makes of an InferenceService is watched', t => {
  const served = { apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService' }
  const granted = permissionsFor({
    home: 'llm',
    refs: [{ ...served, namespace: 'llm' }],
    createNamespaces: [],
  })
  t.deepEqual(granted.find(({ resource }) => resource === 'deployments')?.verbs, ['list', 'watch'])
})
test('K4 · pods are reached only where something asks them', t => {
  const granted = permissionsFor({ home: 'llm', refs, createNamespaces: [], smoke: ['other'] })
  t.deepEqual(
    granted.filter(({ resource }) => resource === 'pods/portforward'),
    [{ namespace: 'other', group: '', resource: 'pods/portforward', verbs: ['get', 'create'] }],
  )
})
test('W3 · two sets of pods that take turns: the new ones are asked, and looked for behind their Service', t => {
  const turns = permissionsFor({ home: 'llm', refs, createNamespaces: [], turns: ['other'] })
  const others = turns.filter(({ namespace }) => namespace === 'other')
  const verbs = (name: string) => others.find(({ resource }) => resource === name)?.verbs
  t.deepEqual(verbs('pods/portforward'), ['get', 'create'])
  t.deepEqual(verbs('endpointslices'), ['list'])
  t.false(permissions.some(({ resource }) => resource === 'endpointslices'))
})
test('W3 · a Role lets look for new pods where two sets of them take turns, which KServe has no need of', t => {
  const granted = (runtime: 'deployment' | 'kserve') => {
    const set = aSet([anEndpoint({ runtime, slot: 'b' })])
    return JSON.stringify(rolesFor({ set, objects: [] }))
  }
  t.regex(granted('deployment'), /endpointslices/)
  t.notRegex(granted('kserve'), /endpointslices|portforward/)
})
test('the record and the lock are in the home namespace only', t => {
  t.deepEqual(verbsOf('llm', 'leases'), ['get list watch create update delete'])
  t.deepEqual(verbsOf('other', 'leases'), [])
  t.deepEqual(verbsOf('other', 'configmaps'), [])
})
test('D6 · nothing is cluster-wide but a namespace that is to be made', t => {
  t.true(permissions.every(({ namespace }) => namespace !== undefined))
  const made = permissionsFor({ home: 'llm', refs, createNamespaces: ['llm'] })
  t.deepEqual(
    made.filter(({ namespace }) => namespace === undefined),
    [{ group: '', resource: 'namespaces', verbs: ['get', 'create', 'patch'], names: ['llm'] }],
  )
})

test('R4 · who only looks can neither write, lock nor reach pods', t => {
  const all = permissionsFor({ home: 'llm', refs, createNamespaces: ['llm'], smoke: ['llm'] })
  const reading = readingOf(all)
  t.deepEqual(new Set(reading.flatMap(({ verbs }) => verbs)), new Set(['get', 'list']))
  const resources = reading.map(({ resource }) => resource)
  for (const other of ['leases', 'pods/portforward']) t.false(resources.includes(other), other)
  t.true(reading.every(({ namespace }) => namespace !== undefined))
  t.deepEqual(
    reading.filter(({ resource }) => resource === 'configmaps').map(({ verbs }) => verbs),
    [['get']],
  )
})

test('R4 · a Role lets what the project no longer renders be found and deleted, wherever it is applied to', t => {
  const role = rolePermissions({ home: 'llm', refs, createNamespaces: [] })
  for (const namespace of ['llm', 'other']) {
    const deletable = role.filter(each => each.namespace === namespace && canRemove(each.verbs))
    t.is(deletable.filter(({ resource }) => resource !== 'leases').length, RENDERED_TYPES.length)
  }
  const verbs = (namespace: string, resource: string) =>
    role
      .filter(each => each.namespace === namespace && each.resource === resource)
      .map(each => each.verbs.join(' '))
  t.deepEqual(verbs('llm', 'inferenceservices'), ['list watch delete'])
  t.deepEqual(verbs('llm', 'deployments'), ['get list watch create patch delete'])
  t.deepEqual(verbs('other', 'deployments'), ['list watch delete'])
  t.deepEqual(verbs('other', 'networkpolicies'), ['get list watch create patch delete'])
})

const canRemove = (verbs: string[]) =>
  ['list', 'watch', 'delete'].every(verb => verbs.includes(verb))

test('R4 · what is only deleted need be neither read one by one nor written', t => {
  const removed = [{ apiVersion: 'v1', kind: 'Secret', namespace: 'more' }]
  const granted = permissionsFor({ home: 'llm', refs, removed, createNamespaces: [] })
  const inMore = granted.filter(({ namespace }) => namespace === 'more')
  t.deepEqual(inMore.find(({ resource }) => resource === 'secrets')?.verbs, [
    'list',
    'watch',
    'delete',
  ])
  t.deepEqual(inMore.find(({ resource }) => resource === 'pods')?.verbs, ['list', 'watch'])
})

test('R4 · who only looks may list what may be there without a record', t => {
  const reading = readingOf(rolePermissions({ home: 'llm', refs, createNamespaces: [] }))
  const found = reading.find(
    ({ namespace, resource }) => namespace === 'llm' && resource === 'servicemonitors',
  )
  t.deepEqual(found?.verbs, ['list'])
})
