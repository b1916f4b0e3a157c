import test from 'ava'
import type { Cluster, KindRef } from '../../src/cluster/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import { SlipwayError } from '../../src/problem/index.ts'
import { inventoryIn, kindOfRecord } from '../../src/plan/observe/inventory.ts'
import { checkWriter } from '../../src/plan/tooling.ts'
import { revisionsOf } from '../../src/plan/index.ts'

/** What a record names is found again, or it is said why not: by no reading of it is a member forgotten. */

type Served = Pick<Cluster, 'kind' | 'versions'>

/** A cluster that serves these kinds, by version; the first version of a group is the preferred one. */
function serving(versions: Record<string, string[]>): Served {
  const kind = async ({ apiVersion, kind: name }: KindRef) =>
    versions[apiVersion]?.includes(name) === true
      ? { apiVersion, kind: name, plural: name, namespaced: true, verbs: [] }
      : undefined
  const all = Object.keys(versions)
  return { kind, versions: async group => all.filter(each => each.startsWith(`${group}/`)) }
}

const KSERVE = serving({
  'serving.kserve.io/v1beta1': ['InferenceService'],
  'serving.kserve.io/v1alpha1': ['TrainedModel', 'ServingRuntime'],
})

for (const [record, found] of [
  ['TrainedModel.serving.kserve.io', 'serving.kserve.io/v1alpha1'],
  ['InferenceService.serving.kserve.io', 'serving.kserve.io/v1beta1'],
  ['InferenceGraph.serving.kserve.io', undefined],
  ['Widget.example.com', undefined],
] as const)
  test(`S1 · ${record} is looked for in ${found ?? 'no version'}`, async t => {
    const kind = await kindOfRecord(KSERVE, record)
    t.is(kind?.apiVersion, found)
  })

const KINDS = 'applyset.kubernetes.io/contains-group-kinds'
const TOOLING = 'applyset.kubernetes.io/tooling'
const parent = (annotations: Record<string, string>, data: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'slipway-models-prod', namespace: 'llm', annotations },
  data,
})

test('S1 · blanks between the kinds of a record belong to none of them', t => {
  const { groupKinds } = inventoryIn(parent({ [KINDS]: 'Deployment.apps, Service ,' }), 'llm')
  t.deepEqual(groupKinds, ['Deployment.apps', 'Service'])
})

const MEMBER = {
  apiVersion: 'serving.kserve.io/v1beta1',
  kind: 'InferenceService',
  namespace: 'llm',
  name: 'iris',
  endpoint: 'iris',
}

test('S1 · members without a label are read; without a list there are none', t => {
  const text = JSON.stringify([{ ...MEMBER, since: 'a later version' }])
  t.like(inventoryIn(parent({}, { 'unmarked.json': text }), 'llm').unmarked?.[0], MEMBER)
  t.is(inventoryIn(parent({}), 'llm').unmarked, undefined)
})

for (const [what, text] of Object.entries({
  'no JSON': '[{"apiVersion"',
  'no list': '{}',
  'nothing in it': '',
  'a member whose namespace is a path': JSON.stringify([{ ...MEMBER, namespace: '../llm' }]),
  'a member of a version that is no word': JSON.stringify([{ ...MEMBER, apiVersion: 'v 1' }]),
  'a member without a name': JSON.stringify([MEMBER, { ...MEMBER, name: 7 }]),
}))
  test(`S1 · a list of members with ${what} is damaged, never empty`, t => {
    const damaged = parent({}, { 'unmarked.json': text })
    const error = t.throws(() => inventoryIn(damaged, 'llm'), { instanceOf: SlipwayError })
    const [problem] = error.problems
    t.like(problem, { code: 'record', object: 'ConfigMap llm/slipway-models-prod' })
    t.regex(problem?.remedy ?? '', /stay for ever: kubectl -n llm patch .*\/data\/unmarked\.json/)
  })

const NAMESPACES = 'applyset.kubernetes.io/additional-namespaces'
const NO_NAMES: [string, KubeObject, RegExp][] = [
  [
    'a path',
    parent({ [KINDS]: 'Deployment.apps,Pod.../../api' }),
    /"Pod\.\.\.\/\.\.\/api" is no such name/,
  ],
  ['a kind with a blank', parent({ [KINDS]: 'Deploy ment.apps' }), /no such name/],
  ['a kind with NUL', parent({ [KINDS]: 'Deployment.ap\u0000ps' }), /no such name/],
  ['a namespace that is a path', parent({ [NAMESPACES]: '../llm' }), /no such name/],
  ['a namespace without an end', parent({ [NAMESPACES]: 'a'.repeat(5000) }), /no such name/],
]

for (const [what, damaged, cause] of NO_NAMES)
  test(`S1 · a record that names ${what} is damaged: it would become part of a request`, t => {
    const error = t.throws(() => inventoryIn(damaged, 'llm'), { instanceOf: SlipwayError })
    const [problem] = error.problems
    t.like(problem, { code: 'record', object: 'ConfigMap llm/slipway-models-prod' })
    t.regex(problem?.cause ?? '', cause)
    t.regex(
      problem?.remedy ?? '',
      /"path":"\/metadata\/annotations\/applyset\.kubernetes\.io~1[a-z-]+"/,
    )
    t.true((problem?.cause ?? '').length < 200)
  })

const asked = { environment: 'prod', isAllowed: false, isTold: false }
const by = (tooling: string) => parent({ [TOOLING]: tooling })

test('S1 · what a newer slipway has applied is not applied by an older one', t => {
  const [problem] = checkWriter({ ...asked, parent: by('slipway/v99.2.0') })
  t.like(problem, { code: 'guard', severity: 'error' })
  t.regex(problem?.message ?? '', /^prod was applied last by slipway 99\.2\.0, and this is \d/)
  t.regex(problem?.remedy ?? '', /--allow-older/)
  const told = { ...asked, parent: by('slipway/v99.2.0-rc.1'), isTold: true }
  t.is(checkWriter(told)[0]?.severity, 'warning')
  t.deepEqual(checkWriter({ ...asked, parent: by('slipway/v99.2.0'), isAllowed: true }), [])
})

for (const tooling of ['slipway/v0.1.0', 'slipway/v0.1.9', 'slipway/v0.0.1', 'kubectl/v99.0.0', ''])
  test(`S1 · ${tooling || 'no tooling'} is no newer slipway`, t => {
    t.deepEqual(checkWriter({ ...asked, parent: by(tooling) }), [])
  })

test('S1 · a record that only a newer slipway can read says so', t => {
  const newer = parent(
    { [TOOLING]: 'slipway/v99.0.0' },
    { 'revisions.json': '[{"result":"fine"}]' },
  )
  const error = t.throws(() => revisionsOf(newer), { instanceOf: SlipwayError })
  t.regex(error.message, /written by slipway 99\.0\.0, and this one cannot read it/)
  t.notRegex(error.problems[0]?.remedy ?? '', /kubectl/)
})
