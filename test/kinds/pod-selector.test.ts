import test from 'ava'
import { podQueryOf, podSelectorOf, selectorText } from '../../src/kinds/index.ts'
import { childQueries } from '../../src/status/index.ts'
import type { KubeObject } from '../../src/object/index.ts'

const ENDPOINT = 'slipway.dev/endpoint'

function aDeployment(name: string, selector: object, labels: Record<string, string>): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'llm-ops', labels: { [ENDPOINT]: name } },
    spec: { selector, template: { metadata: { labels }, spec: { containers: [{}] } } },
  }
}

const written = aDeployment(
  'chat',
  { matchLabels: { app: 'chat' } },
  { app: 'chat', [ENDPOINT]: 'chat' },
)
const adopted = aDeployment(
  'rerank',
  {
    matchLabels: { app: 'rerank' },
    matchExpressions: [
      { key: 'tier', operator: 'In', values: ['a', 'b'] },
      { key: 'zone', operator: 'NotIn', values: ['c'] },
      { key: 'team', operator: 'Exists' },
      { key: 'canary', operator: 'DoesNotExist' },
    ],
  },
  { app: 'rerank', tier: 'a', team: 'ml' },
)
const service = (labels: Record<string, string>): KubeObject => ({
  apiVersion: 'serving.kserve.io/v1beta1',
  kind: 'InferenceService',
  metadata: { name: 'intent', namespace: 'llm-ops', labels },
  spec: { predictor: { containers: [{}] } },
})

const ADOPTED = 'app=rerank,tier in (a,b),zone notin (c),team,!canary'

test('D4 · pods of what slipway writes are found by its label, those of what was adopted by their own selector', t => {
  t.is(podQueryOf(written), ENDPOINT)
  t.is(podQueryOf(adopted), ADOPTED)
  t.is(podQueryOf(service({ [ENDPOINT]: 'intent' })), ENDPOINT)
  t.is(podQueryOf(service({})), `serving.kserve.io/inferenceservice,!${ENDPOINT}`)
})

test('D4 · what KServe makes of an LLMInferenceService carries none of its labels, and is found by KServe’s own', t => {
  const metadata = { name: 'chat', namespace: 'llm-ops', labels: { [ENDPOINT]: 'chat' } }
  const llm = { apiVersion: 'serving.kserve.io/v1alpha2', kind: 'LLMInferenceService', metadata }
  const made = 'app.kubernetes.io/part-of=llminferenceservice'
  t.is(podQueryOf(llm), made)
  const queries = childQueries('llm-ops', { members: [written, llm] })
  for (const kind of ['Deployment', 'ReplicaSet', 'Pod'])
    t.deepEqual(
      queries.filter(each => each.kind === kind).map(({ labelSelector }) => labelSelector),
      [ENDPOINT, made],
    )
})

test('D4 · what has a selector and no pods, such as a Service, is no workload', t => {
  const spec = { selector: { app: 'chat' } }
  const metadata = { name: 'chat', namespace: 'llm-ops' }
  t.is(podQueryOf({ apiVersion: 'v1', kind: 'Service', metadata, spec }), undefined)
  const budget = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata, spec }
  t.is(podQueryOf(budget), undefined)
})

test('D4 · the pods of one workload have its own selector', t => {
  const selector = podSelectorOf(written)
  t.is(selector && selectorText(selector), 'app=chat')
  const kserves = podSelectorOf(service({}))
  t.is(kserves && selectorText(kserves), 'serving.kserve.io/inferenceservice=intent')
})

test('D4 · status reads the pods of adopted Deployments, which carry no label of slipway', t => {
  const queries = childQueries('llm-ops', { members: [written, adopted] })
  const asked = (kind: string) =>
    queries.filter(each => each.kind === kind).map(({ labelSelector }) => labelSelector)
  t.deepEqual(asked('Pod'), [ENDPOINT, ADOPTED])
  t.deepEqual(asked('ReplicaSet'), [ENDPOINT, ADOPTED])
  t.deepEqual(asked('Deployment'), [ENDPOINT])
})

test('D4 · members of another namespace are not asked about', t => {
  const queries = childQueries('other', { members: [adopted] })
  t.deepEqual(
    queries.map(({ labelSelector }) => labelSelector),
    [ENDPOINT, ENDPOINT, ENDPOINT],
  )
})

test('D4 · many adopted Deployments are one question about all pods of their namespace', t => {
  const many = ['a', 'b', 'c', 'd', 'e', 'f'].map(name =>
    aDeployment(name, { matchLabels: { app: name } }, { app: name }),
  )
  const queries = childQueries('llm-ops', { members: many })
  t.deepEqual(
    queries.filter(({ kind }) => kind === 'Pod').map(each => [each.namespace, each.labelSelector]),
    [['llm-ops', undefined]],
  )
})
