import test from 'ava'
import { recordProblems, type RecordInput } from '../../src/plan/observe/record-problems.ts'
import type { KubeObject } from '../../src/object/index.ts'
import { aSet } from '../support/endpoint.ts'

/** A record that is missing, and kinds that cannot be looked at, are told: nothing is claimed of what was not seen. */

const chat: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'chat', namespace: 'llm' },
}
const set = aSet([], { namespace: 'llm' })
const seen = {
  byKey: new Map(),
  unmarked: new Map(),
  namespaces: ['llm', 'more'],
  unserved: [],
  unseen: [],
}
const recorded = { groupKinds: ['Deployment.apps'], namespaces: ['llm'] }
const revisions = [{}]

function found(objects: KubeObject[], more: Partial<RecordInput['live']> = {}) {
  return { set, recorded: undefined, revisions, live: { ...seen, objects, ...more } }
}

test('S1 · a first apply that sees everything has nothing to tell', t => {
  t.deepEqual(recordProblems(found([])), [])
})

test('S1 · with a record there is nothing to tell, either', t => {
  t.deepEqual(recordProblems({ ...found([chat]), recorded }), [])
})

test('S1 · a record whose revisions were taken away is told: the guards have nothing to go by', t => {
  const [problem, ...others] = recordProblems({ ...found([chat]), recorded, revisions: [] })
  t.deepEqual(others, [])
  t.like(problem, { code: 'record-missing', severity: 'warning', object: PARENT })
  t.regex(problem?.message ?? '', /^the record of test has no revision: which commit/)
  t.deepEqual(recordProblems({ ...found([]), revisions: [] }), [], 'a first apply')
})

test('S1 · objects without a record: it was deleted, and that is said with where was looked and how to find the rest', t => {
  const [problem, ...others] = recordProblems(found([chat]))
  t.deepEqual(others, [])
  t.like(problem, { code: 'record-missing', severity: 'warning', object: PARENT })
  t.regex(problem?.message ?? '', /^the record of what was applied to test is missing, and/)
  t.regex(
    problem?.cause ?? '',
    /in the namespaces llm, more, of every kind that slipway renders\.$/,
  )
  t.regex(
    problem?.remedy ?? '',
    /kubectl get .*inferenceservice.* -A -l applyset\.kubernetes\.io\//,
  )
})

const PARENT = 'ConfigMap llm/slipway-models-test'

test('S1 · a record that names no kinds is none', t => {
  const emptied = { groupKinds: [], namespaces: ['llm'] }
  t.is(recordProblems({ ...found([chat]), recorded: emptied })[0]?.code, 'record-missing')
})

test('S1 · what a controller made is no sign of a lost record', t => {
  const owner = { apiVersion: 'v1', kind: 'Owner', name: 'o', uid: 'o', controller: true }
  const child = { ...chat, metadata: { ...chat.metadata, ownerReferences: [owner] } }
  t.deepEqual(recordProblems(found([child])), [])
})

const unseen = [
  { kind: 'InferenceService', namespace: 'llm' },
  { kind: 'ServiceMonitor', namespace: 'llm' },
  { kind: 'ServiceMonitor', namespace: 'more' },
]

test('S1 · a first apply that may not list a kind says so, and goes on', t => {
  const [problem] = recordProblems(found([], { unseen }))
  t.like(problem, { code: 'forbidden', severity: 'warning' })
  t.regex(problem?.message ?? '', /InferenceService, ServiceMonitor in llm; ServiceMonitor in more/)
})

test('S1 · a lost record with a kind that may not be listed is refused: the new one would not have it', t => {
  const [problem] = recordProblems(found([chat], { unseen }))
  t.like(problem, { code: 'record-missing', severity: 'error' })
  t.regex(problem?.cause ?? '', /InferenceService, ServiceMonitor in llm; .* may not be listed/)
  t.regex(problem?.remedy ?? '', /slipway rbac/)
})

test('S1 · a recorded kind that is not served is told, with the way to forget it', t => {
  const kinds = ['Deployment.apps', 'InferenceService.serving.kserve.io']
  const live = { ...seen, objects: [chat], unserved: ['InferenceService.serving.kserve.io'] }
  const input = { set, recorded: { ...recorded, groupKinds: kinds }, revisions, live }
  const [problem] = recordProblems(input)
  t.like(problem, { code: 'kind-missing', severity: 'warning', object: PARENT })
  t.regex(problem?.message ?? '', /does not serve InferenceService\.serving\.kserve\.io now/)
  t.regex(problem?.remedy ?? '', /contains-group-kinds=Deployment\.apps$/)
  t.is(recordProblems({ ...input, isAll: true })[0]?.code, 'not-deleted')
})
