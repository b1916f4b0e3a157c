import test from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import { foreign, foreignProblems } from '../../src/plan/observe/foreign-owner.ts'
import { claimsIn, setsIn } from '../../src/plan/observe/other-records.ts'
import { anEndpoint, aSet } from '../support/endpoint.ts'

/** Members without a label, of two sets. */

const MEMBER = {
  apiVersion: 'serving.kserve.io/v1beta1',
  kind: 'InferenceService',
  namespace: 'llm',
  name: 'iris',
}
const record = (name: string, id: string, data: object): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'llm', labels: { 'applyset.kubernetes.io/id': id } },
  data,
})
const named = { 'unmarked.json': JSON.stringify([{ ...MEMBER, endpoint: 'iris' }]) }

test('S2 · what another set’s record names is that set’s, and ours is not another', t => {
  const records = [
    record('slipway-own-production', 'own', named),
    record('slipway-theirs-production', 'theirs', named),
    record('slipway-third-production', 'third', { 'unmarked.json': 'not JSON' }),
  ]
  t.deepEqual([...claimsIn(records, 'own').values()], ['llm/slipway-theirs-production'])
  t.is(claimsIn(records.slice(0, 1), 'own').size, 0)
})

test('S2 · it is never taken over, and the record is named', t => {
  const { name, namespace, ...type } = MEMBER
  const object: KubeObject = { ...type, metadata: { name, namespace } }
  const rendered = { object, endpoint: anEndpoint({}) }
  const at = { live: object, rendered }
  const sets = new Map()
  t.is(foreign(at, { setId: 'own', sets }), undefined)
  const claimed = foreign(at, { setId: 'own', record: 'llm/slipway-theirs-production', sets })
  t.like(foreignProblems(claimed === undefined ? [] : [claimed], aSet([])), [
    {
      code: 'foreign-owner',
      severity: 'error',
      message:
        'InferenceService/llm/iris exists already and belongs to another set (its record is ConfigMap/llm/slipway-theirs-production)',
    },
  ])
})

/** What is said of two objects that carry the label of another set, by what its record says that it is. */
function toldOf(set: string | undefined, environments = ['test']) {
  const [own, theirs] = ['own', 'theirs']
  const parent = record('slipway-x', theirs, {})
  const records = [
    record('slipway-models-test', own, {}),
    set === undefined
      ? parent
      : { ...parent, metadata: { ...parent.metadata, annotations: { 'slipway.dev/set': set } } },
  ]
  const labels = { 'applyset.kubernetes.io/part-of': theirs }
  const found = ['chat', 'rag'].flatMap(name => {
    const live = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace: 'llm', labels },
    }
    const rendered = { object: live, endpoint: anEndpoint({}, { name }) }
    return foreign({ live, rendered }, { setId: own, sets: setsIn(records) }) ?? []
  })
  return foreignProblems(found, { ...aSet([]), environments })
}

test('S2 · an environment under a new name is told once, with the old one and the way back', t => {
  const [problem, ...more] = toldOf('models/staging')
  t.deepEqual(more, [])
  t.is(problem?.severity, 'error')
  t.regex(
    problem?.message ?? '',
    /^2 objects of test exist already and belong to the environment "staging", which slipway\.yaml does not have: test looks like staging under a new name/,
  )
  t.regex(problem?.remedy ?? '', /^Give it its old name back: staging\./)
})

test('S2 · two environments in one namespace are told apart, and so are two projects', t => {
  const both = toldOf('models/staging', ['test', 'staging'])
  t.is(both.length, 2)
  t.regex(
    both[0]?.message ?? '',
    /belongs to another set \(the environment "staging" of this project; its record is/,
  )
  t.regex(both[0]?.remedy ?? '', /^Give test or staging another namespace/)
  const [foreigner] = toldOf('shop/test')
  t.regex(foreigner?.message ?? '', /the environment "test" of the project "shop"/)
  t.regex(foreigner?.remedy ?? '', /If the project was renamed, give it its old name back: shop\.$/)
})

test('S2 · a set whose record says no name is told by its label', t => {
  for (const name of [undefined, 'nonsense', '/', 'models/']) {
    const [problem] = toldOf(name)
    t.regex(problem?.message ?? '', /belongs to another set \(theirs\)$/)
    t.regex(problem?.remedy ?? '', /was renamed, give it its old name back\.$/)
  }
})
