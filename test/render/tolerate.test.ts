import test from 'ava'
import { renderSet } from '../../src/render/index.ts'
import { loadSet, type Policies } from '../../src/spec/index.ts'
import { memorySource } from '../spec/memory-source.ts'
import { endpointFile, projectFile } from '../spec/support.ts'
import { anEndpoint, anEnvironment, aSet } from '../support/endpoint.ts'

const place = { file: 'slipway.yaml', line: 9, column: 7 }

function problemsWith(rules: Policies['rules']) {
  const policies = { ...anEnvironment().policies, rules }
  const patch = {
    target: { kind: 'Service' },
    merge: { spec: { ports: [{ name: 'http', targetPort: 9000 }] } },
  }
  return renderSet(aSet([anEndpoint({ patches: [patch] })], { policies })).problems
}

test('K1 · a rule is an error, unless the environment gives a reason to put up with it', t => {
  t.like(problemsWith({}), [{ rule: 'port-service', severity: 'error' }])
  const [problem] = problemsWith({ 'port-service': { reason: 'A sidecar listens there.', place } })
  t.is(problem?.severity, 'warning')
  t.regex(problem?.cause ?? '', /Only a warning in this environment: A sidecar listens there\.$/)
})

test('K1 · an endpoint may give a reason of its own, for itself', t => {
  const patch = {
    target: { kind: 'Service' },
    merge: { spec: { ports: [{ name: 'http', targetPort: 9000 }] } },
  }
  const rules = { 'port-service': 'A sidecar listens there.' }
  const one = anEndpoint({ patches: [patch], rules }, { name: 'one' })
  const two = anEndpoint({ patches: [patch] }, { name: 'two' })
  const { problems } = renderSet(aSet([one, two]))
  t.deepEqual(
    problems.map(({ endpoint, severity }) => [endpoint, severity]),
    [
      ['one', 'warning'],
      ['two', 'error'],
    ],
  )
  t.regex(problems[0]?.cause ?? '', /Only a warning for this endpoint: A sidecar listens there\.$/)
})

test('a rule of an endpoint that there is not is an error at its line', t => {
  const endpoint = anEndpoint({ rules: { 'port-servise': 'x' } })
  const [problem] = renderSet(aSet([endpoint])).problems
  t.is(problem?.message, 'there is no rule "port-servise" of the wiring check')
  t.regex(problem?.place?.file ?? '', /#spec\.rules\.port-servise$/)
})

test('a rule that there is not is an error at its line', t => {
  const [problem] = problemsWith({
    'port-service': { reason: 'x', place },
    'port-servise': { reason: 'x', place },
  }).filter(({ severity }) => severity === 'error')
  t.is(problem?.message, 'there is no rule "port-servise" of the wiring check')
  t.deepEqual(problem?.place, place)
})

test('K10 · objects that clash stay an error', t => {
  const two = aSet([anEndpoint({}, { name: 'a' }), anEndpoint({}, { name: 'a' })], {
    policies: { ...anEnvironment().policies, rules: { 'name-clash': { reason: 'x', place } } },
  })
  const { problems } = renderSet(two)
  t.true(problems.every(({ severity }) => severity === 'error'))
  t.regex(problems.map(({ message }) => message).join('\n'), /name-clash cannot be a warning/)
})

test('R8 · slipway.yaml gives level and reason, both required', async t => {
  const environment = 'policies: {missingRequests: off, rules: {port-service: {level: warn}}}'
  const { problems } = await loadSet({
    source: memorySource([
      ['slipway.yaml', projectFile({ environment })],
      ['endpoints/chat.yaml', endpointFile('image: registry.example.com/chat:v1')],
    ]),
  })
  t.regex(problems[0]?.message ?? '', /reason/)
})
