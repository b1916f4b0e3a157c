import test from 'ava'
import { renderSet } from '../../../src/render/index.ts'
import type { SpecInput } from '../../../src/spec/index.ts'
import { anEndpoint, aSet } from '../../support/endpoint.ts'

const harmless = { target: { kind: 'Deployment' }, merge: { spec: { revisionHistoryLimit: 3 } } }
const server = (container: Record<string, unknown>) => ({
  target: { kind: 'Deployment' },
  merge: { spec: { template: { spec: { containers: [{ name: 'server', ...container }] } } } },
})
const blamed = (rule: string, spec: SpecInput, others: ReturnType<typeof anEndpoint>[] = []) =>
  renderSet(aSet([anEndpoint(spec), ...others]))
    .problems.filter(problem => problem.rule === rule)
    .map(({ place }) => place?.file)

test('what is wrong without any patch, the spec is blamed for', t => {
  const spec: SpecInput = { rollout: { maxSurge: 0, maxUnavailable: 0 }, patches: [harmless] }
  t.deepEqual(blamed('gpu-rollout', spec), ['endpoints/chat.yaml#spec.rollout'])
})

test('what only a patch makes wrong, the last patch of the object is blamed for', t => {
  const probe = server({ livenessProbe: { httpGet: { port: 1 } } })
  t.deepEqual(blamed('port-probe', { patches: [harmless, probe] }), [
    'endpoints/chat.yaml#spec.patches[1]',
  ])
})

test('an object that no patch touched is wrong by a patch of another one', t => {
  const moved = server({ ports: [{ name: 'http', containerPort: 9000 }] })
  t.deepEqual(blamed('port-service', { patches: [moved] }), ['endpoints/chat.yaml#spec.patches[0]'])
})

test('a patch of one endpoint is not blamed for another', t => {
  const other = anEndpoint({ rollout: { maxSurge: 0, maxUnavailable: 0 } }, { name: 'other' })
  t.deepEqual(blamed('gpu-rollout', { patches: [harmless] }, [other]), [
    'endpoints/other.yaml#spec.rollout',
  ])
})

test('problems name rule, endpoint and object', t => {
  const [problem] = renderSet(
    aSet([anEndpoint({ rollout: { maxSurge: 0, maxUnavailable: 0 } })]),
  ).problems
  t.like(problem, {
    code: 'wiring',
    rule: 'gpu-rollout',
    severity: 'error',
    endpoint: 'chat',
    object: 'Deployment/llm/chat',
  })
})

test('an endpoint that cannot be rendered is a problem, and the others are rendered', t => {
  const { objects, problems } = renderSet(
    aSet([anEndpoint({}, { name: 'broken', withoutImage: true }), anEndpoint()]),
  )
  t.deepEqual(
    problems.map(({ code, endpoint }) => [code, endpoint]),
    [['image-not-found', 'broken']],
  )
  t.is(objects.length, 2)
})

test('a key that cdk8s cannot render is a problem of its endpoint alone', t => {
  const odd = anEndpoint({}, { name: 'odd', annotations: { constructor: 'x' } })
  const { objects, problems } = renderSet(aSet([odd, anEndpoint()]))
  t.like(problems[0], { code: 'bad-value', endpoint: 'odd', message: 'odd cannot be rendered.' })
  t.is(objects.length, 2)
})

test('name clashes are found alike in any order of endpoints', t => {
  const serviceAccount = { name: 'shared', create: true }
  const pair = [anEndpoint({ serviceAccount }), anEndpoint({ serviceAccount }, { name: 'other' })]
  const [there, back] = [renderSet(aSet(pair)), renderSet(aSet(pair.toReversed()))]
  t.deepEqual(there.problems, back.problems)
  t.deepEqual(
    there.objects.map(({ object }) => object),
    back.objects.map(({ object }) => object),
  )
})
