import test from 'ava'
import { asProblem, ClusterError, type Failure } from '../../src/cluster/index.ts'
import { failureOf } from '../../src/cluster/failure/status.ts'
import { exitCodeOf, failure } from '../../src/problem/index.ts'
import recorded from './recorded.json' with { type: 'json' }

const problemOf = (value: Failure) => asProblem(new ClusterError(value))

function recordedProblem(title: keyof typeof recorded, kind?: string) {
  const { status, body } = recorded[title]
  return problemOf(failureOf({ status, headers: {}, text: JSON.stringify(body), kind }))
}

/** Recorded answer, code, sentence. */
const SENTENCES: [keyof typeof recorded, string, string][] = [
  [
    'field conflict',
    'field-conflict',
    'other field managers own what would change: .spec.replicas ("slipway")',
  ],
  [
    'immutable selector',
    'rejected',
    'the API server finds it invalid: spec.selector: Invalid value: {"matchLabels":{"a":"c"}}: field is immutable',
  ],
  ['apply: unknown field', 'rejected', 'the object does not match the schema of its kind'],
  ['namespace missing', 'namespace-missing', 'the namespace "nope" does not exist in the cluster'],
  [
    'namespace terminating',
    'namespace-missing',
    'the namespace is being deleted; nothing can be created in it',
  ],
  ['GPU quota exceeded', 'rejected', 'a resource quota of the namespace does not allow it'],
  [
    'webhook down',
    'cluster-error',
    'the admission webhook "down.example.com" cannot be called, and without it nothing is accepted',
  ],
  ['admission policy', 'rejected', 'an admission policy of the cluster refused it'],
  ['create: being deleted', 'cluster-error', 'the object is still being deleted'],
  ['unauthorized', 'unauthorized', 'the API server does not accept this login'],
]

for (const [title, code, message] of SENTENCES) {
  test(`a sentence, a code and a remedy: ${title}`, t => {
    const problem = recordedProblem(title)
    t.is(problem.code, code as typeof problem.code)
    t.is(problem.message, message)
    t.is(problem.severity, 'error')
    t.truthy(problem.remedy)
  })
}

test('the cause is the part of the answer that explains', t => {
  t.is(
    recordedProblem('apply: unknown field').cause,
    '.spec.replicaz: field not declared in schema',
  )
  t.is(
    recordedProblem('webhook down').cause,
    'dial tcp 127.0.0.1:23010: connect: connection refused',
  )
  t.is(recordedProblem('admission policy').cause, 'no accounts here')
})

test('K6 · for the webhook of KServe the way without KServe is named', t => {
  const problem = problemOf({
    type: 'webhook-unavailable',
    status: 500,
    webhook: 'inferenceservice.kserve-webhook-server.defaulter',
    message: '',
  })
  t.regex(problem.remedy ?? '', /runtime: deployment/)
  t.regex(problem.remedy ?? '', /slipway doctor/)
})

test('K6 · a certificate that is not trusted is no reason to call a controller down', t => {
  const { remedy = '' } = problemOf({
    type: 'webhook-unavailable',
    status: 500,
    webhook: 'inferenceservice.kserve-webhook-server.defaulter',
    message: 'tls: failed to verify certificate: x509: certificate signed by unknown authority',
  })
  t.regex(remedy, /caBundle/)
  t.notRegex(remedy, /not running/)
})

const missing = (kind: string) =>
  problemOf({ type: 'kind-missing', status: 404, message: '', apiVersion: 'x/v1', kind })

test('K7 · a kind that is not served is told, InferenceService with its own remedy', t => {
  t.is(missing('InferenceService').code, 'kind-missing')
  t.regex(missing('InferenceService').remedy ?? '', /KServe/)
  t.notRegex(missing('ServiceMonitor').remedy ?? '', /KServe/)
})

test('not to be able is exit code 2, to be refused is 1', t => {
  t.is(
    exitCodeOf(problemOf({ type: 'unreachable', status: 0, why: 'refused', message: '' }).code),
    2,
  )
  t.is(exitCodeOf(recordedProblem('immutable selector').code), 1)
})

test('object and endpoint are added, unless the problem knows them', t => {
  const concerned = { object: 'Deployment/a/b', endpoint: 'b' }
  t.like(
    asProblem(new ClusterError({ type: 'server', status: 503, message: '' }), concerned),
    concerned,
  )
  t.is(asProblem(failure('lock-held', 'x', { object: 'Lease/a/l' }), concerned).object, 'Lease/a/l')
})

test('R1 · an interruption by a lost lock is told as a lost lock', t => {
  const cause = failure('lock-lost', 'the lock was lost: bob holds it now')
  t.is(
    asProblem(new ClusterError({ type: 'aborted', status: 0, message: 'interrupted' }, { cause }))
      .code,
    'lock-lost',
  )
  t.is(problemOf({ type: 'aborted', status: 0, message: 'interrupted' }).code, 'interrupted')
})

test('a Secret in a refusal stays secret', t => {
  t.notRegex(
    JSON.stringify([
      recordedProblem('secret: nested', 'Secret'),
      recordedProblem('secret: number', 'Secret'),
    ]),
    /topsecret|12345/,
  )
})

test('anything else is internal', t => {
  t.like(asProblem(new TypeError('x is not a function')), {
    code: 'internal',
    message: 'x is not a function',
  })
  t.is(asProblem('what').message, 'what')
})
