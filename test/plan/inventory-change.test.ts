import test from 'ava'
import { inventoryChange, type InventoryInput } from '../../src/plan/decide/inventory-change.ts'
import { refOf, type KubeObject, type ObjectRef } from '../../src/object/index.ts'

/** The record loses no kind and no namespace in which something of the set may be. */

const parent = { name: 'slipway-models-test', namespace: 'llm' }

function refTo(kind: string, name: string, namespace = 'llm'): ObjectRef {
  return { apiVersion: VERSIONS[kind] ?? 'v1', kind, namespace, name }
}

const VERSIONS: Record<string, string> = {
  Deployment: 'apps/v1',
  InferenceService: 'serving.kserve.io/v1beta1',
}

function liveOf(ref: ObjectRef, more: Partial<KubeObject['metadata']> = {}): KubeObject {
  const { apiVersion, kind, name, namespace = '' } = ref
  const managedFields = [{ manager: 'slipway', operation: 'Apply' as const }]
  return {
    apiVersion,
    kind,
    metadata: { name, namespace, uid: `${kind}/${namespace}/${name}`, managedFields, ...more },
  }
}

const removalOf = (object: KubeObject) => ({
  ref: refOf(object),
  uid: object.metadata.uid ?? '',
})

const CHAT = refTo('Deployment', 'chat')
const OLD = liveOf(refTo('InferenceService', 'old', 'elsewhere'))
const IN_ELSEWHERE = {
  groupKinds: ['Deployment.apps', 'InferenceService.serving.kserve.io'],
  namespaces: ['elsewhere', 'llm'],
}
const NARROW = { groupKinds: ['Deployment.apps'], namespaces: ['llm'] }

function change(more: Partial<InventoryInput>) {
  return inventoryChange({
    parent,
    desired: [CHAT],
    actions: [],
    live: { objects: [], unserved: [] },
    recorded: NARROW,
    isLimited: false,
    ...more,
  })
}

test('S1 · before the first write everything that is touched is in the record, after the last what is desired', t => {
  const live = { objects: [liveOf(CHAT), OLD], unserved: [] }
  const removal = { live, actions: [removalOf(OLD)] }
  t.deepEqual(change(removal), { recorded: NARROW, before: IN_ELSEWHERE, after: NARROW })
  const unrecorded = change({ ...removal, recorded: undefined })
  t.deepEqual(unrecorded, { before: IN_ELSEWHERE, after: NARROW })
})

test('S1 · a plan that is limited to some endpoints takes nothing out of the record', t => {
  const limited = { live: { objects: [liveOf(CHAT)], unserved: [] }, isLimited: true }
  t.deepEqual(change({ ...limited, recorded: IN_ELSEWHERE }).after, IN_ELSEWHERE)
})

test('S1 · without a record, what a limited plan leaves of others is put into the new one', t => {
  const live = { objects: [liveOf(CHAT), OLD], unserved: [] }
  const { before, after } = change({ live, recorded: undefined, isLimited: true })
  t.deepEqual([before, after], [IN_ELSEWHERE, IN_ELSEWHERE])
})

test('S1 · what is kept by its annotation stays in the record', t => {
  const kept = liveOf(refOf(OLD), { annotations: { 'slipway.dev/prune': 'disabled' } })
  const live = { objects: [liveOf(CHAT), kept], unserved: [] }
  t.deepEqual(change({ live, recorded: IN_ELSEWHERE }).after, IN_ELSEWHERE)
})

test('S1 · what slipway has not applied, and keeps for that reason, stays in the record', t => {
  const restored = liveOf(refOf(OLD), { managedFields: [{ manager: 'backup' }] })
  const live = { objects: [liveOf(CHAT), restored], unserved: [] }
  t.deepEqual(change({ live, recorded: IN_ELSEWHERE }).after, IN_ELSEWHERE)
})

test('S1 · what a controller made needs no record: it goes with its owner', t => {
  const owner = { apiVersion: 'v1', kind: 'Owner', name: 'o', uid: 'o', controller: true }
  const child = liveOf(refOf(OLD), { ownerReferences: [owner] })
  const live = { objects: [liveOf(CHAT), child], unserved: [] }
  t.deepEqual(change({ live, recorded: IN_ELSEWHERE }).after, NARROW)
})

test('S1 · a kind that is not served now stays in the record, with the namespaces where it may be', t => {
  const live = { objects: [liveOf(CHAT)], unserved: ['InferenceService.serving.kserve.io'] }
  t.deepEqual(change({ live, recorded: IN_ELSEWHERE }).after, IN_ELSEWHERE)
})

test('S1 · with nothing desired and nothing left the record is empty, and not when a kind is not served', t => {
  const nothing = { desired: [], recorded: IN_ELSEWHERE }
  t.deepEqual(change(nothing).after, { groupKinds: [], namespaces: ['llm'] })
  const unserved = ['InferenceService.serving.kserve.io']
  const { after } = change({ ...nothing, live: { objects: [], unserved } })
  t.deepEqual(after.groupKinds, unserved)
})

const BARE = { ...refTo('InferenceService', 'bare'), endpoint: 'bare' }
const WITH_BARE = {
  groupKinds: ['Deployment.apps', 'InferenceService.serving.kserve.io'],
  namespaces: ['llm'],
  unmarked: [BARE],
}

test('A1 · a member without a label is in the record as long as it is wanted, or stays', t => {
  const wanted = { desired: [CHAT, BARE], unmarked: [BARE] }
  t.deepEqual(change(wanted), { recorded: NARROW, before: WITH_BARE, after: WITH_BARE })
  const kept = liveOf(BARE, { annotations: { 'slipway.dev/prune': 'disabled' } })
  const stays = { live: { objects: [liveOf(CHAT), kept], unserved: [] }, recorded: WITH_BARE }
  t.deepEqual(change(stays).after, WITH_BARE)
  const unserved = ['InferenceService.serving.kserve.io']
  const hidden = { live: { objects: [liveOf(CHAT)], unserved }, recorded: WITH_BARE }
  t.deepEqual(change(hidden).after, WITH_BARE)
})

test('A1 · a member without a label that is deleted, or has the label now, leaves the record', t => {
  const gone = liveOf(BARE)
  const live = { objects: [liveOf(CHAT), gone], unserved: [] }
  const removal = { live, actions: [removalOf(gone)], recorded: WITH_BARE }
  t.deepEqual(change(removal), { recorded: WITH_BARE, before: WITH_BARE, after: NARROW })
  const { after } = change({ desired: [CHAT, BARE], recorded: WITH_BARE })
  t.is(after.unmarked, undefined)
})
