import test from 'ava'
import type { Failure } from '../../src/cluster/failure/failure.ts'
import { asMissingKind } from '../../src/cluster/failure/missing-kind.ts'
import { failureOf } from '../../src/cluster/failure/status.ts'
import recorded from './recorded.json' with { type: 'json' }

/** Everything but the message and the number. */
type Kind = Record<string, unknown> & { type: Failure['type'] }

/** Answers of a kube-apiserver 1.34.4. */
const RECORDED: Record<keyof typeof recorded, Kind> = {
  'field conflict': {
    type: 'field-conflict',
    conflicts: [{ manager: 'slipway', field: '.spec.replicas' }],
  },
  'immutable selector': {
    type: 'invalid',
    causes: [
      {
        reason: 'FieldValueInvalid',
        field: 'spec.selector',
        message: 'Invalid value: {"matchLabels":{"a":"c"}}: field is immutable',
      },
    ],
  },
  'immutable config map': {
    type: 'invalid',
    causes: [
      {
        reason: 'FieldValueForbidden',
        field: 'data',
        message: 'Forbidden: field is immutable when `immutable` is set',
      },
    ],
  },
  'apply: unknown field': { type: 'schema' },
  'apply: wrong type': { type: 'schema' },
  'create: unknown field': { type: 'schema' },
  'create: wrong type': { type: 'schema' },
  'not YAML': { type: 'schema' },
  'already exists': { type: 'already-exists' },
  'namespace missing': { type: 'not-found' },
  'object missing': { type: 'not-found' },
  'resource missing': { type: 'not-found' },
  'group missing': { type: 'not-found' },
  'delete: other UID': { type: 'stale' },
  'delete: other resourceVersion': { type: 'stale' },
  'update: old resourceVersion': { type: 'stale' },
  'apply: UID of nothing': { type: 'stale' },
  'create: being deleted': { type: 'being-deleted' },
  'apply: finalizer while being deleted': { type: 'being-deleted' },
  'quota exceeded': { type: 'quota' },
  'GPU quota exceeded': { type: 'quota' },
  'limit range': { type: 'denied' },
  'pod security': { type: 'denied' },
  'admission policy': { type: 'denied' },
  'namespace terminating': { type: 'namespace-terminating' },
  'webhook down': { type: 'webhook-unavailable', webhook: 'down.example.com' },
  'secret: not base64': { type: 'schema' },
  'secret: not base64, created': { type: 'schema' },
  'secret: number': { type: 'schema' },
  'secret: nested': { type: 'schema' },
  'JSON patch test fails': { type: 'invalid', causes: [] },
  'bad field selector': { type: 'other' },
  'bad resourceVersion': { type: 'other' },
  'etcd does not answer': { type: 'timeout' },
  unauthorized: { type: 'unauthorized' },
  forbidden: { type: 'forbidden' },
  'secret: bad key': {
    type: 'invalid',
    causes: [
      {
        reason: 'FieldValueInvalid',
        field: 'data[a b]',
        message:
          "Invalid value: \"a b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
      },
    ],
  },
  'invalid in four fields': {
    type: 'invalid',
    causes: recorded['invalid in four fields'].body.details.causes,
  },
}

for (const [title, expected] of Object.entries(RECORDED)) {
  test(`R4 · recorded: ${title}`, t => {
    const { status, body } = recorded[title as keyof typeof recorded]
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const { message, status: number, ...failure } = failureOf({ status, headers: {}, text })
    t.deepEqual(failure as Kind, expected)
    t.is(number, status)
    t.is(message, typeof body === 'string' ? body : body.message)
  })
}

test('R4 · the manager of a conflict may have quotes in its name', t => {
  const { body } = recorded['field conflict']
  const causes = [
    {
      reason: 'FieldManagerConflict',
      field: '.spec.replicas',
      message: 'conflict with "a \\"b\\"" with subresource "scale" using apps/v1',
    },
  ]
  const failure = failureOf({
    status: 409,
    headers: {},
    text: JSON.stringify({ ...body, details: { causes } }),
  })
  t.deepEqual(failure.type === 'field-conflict' && failure.conflicts, [
    { manager: 'a "b"', field: '.spec.replicas' },
  ])
})

test('R4 · what an API server says that has just started, or a load balancer before it, passes', t => {
  const message = 'services "chat" is forbidden: not yet ready to handle request'
  const text = JSON.stringify({ status: 'Failure', reason: 'Forbidden', message, code: 403 })
  t.is(failureOf({ status: 403, headers: {}, text }).type, 'server')
  t.is(
    failureOf({ status: 408, headers: {}, text: '<html>Request Time-out</html>' }).type,
    'timeout',
  )
})

/** Verb, path, what the API server says of it, whether the kind is what is missing. */
const GONE: [string, string, string, boolean][] = [
  ['list', '/apis/example.com/v1/widgets', '404 page not found', true],
  ['watch', '/apis/example.com/v1/namespaces/a/widgets', '404 page not found', true],
  [
    'patch',
    '/apis/example.com/v1/namespaces/a/widgets/b',
    'the server could not find the requested resource',
    true,
  ],
  ['patch', '/apis/example.com/v1/namespaces/a/widgets/b', 'namespaces "a" not found', false],
  ['get', '/apis/example.com/v1/namespaces/a/widgets/b', '404 page not found', false],
  ['delete', '/apis/example.com/v1/namespaces/a/widgets/b', '404 page not found', false],
]

for (const [verb, path, message, isKind] of GONE) {
  test(`K7 · ${verb} ${path}: ${message}${isKind ? ' is a kind that is gone' : ''}`, t => {
    const about = { verb: verb as 'list', path, kind: 'Widget' }
    const failure = asMissingKind({ type: 'not-found', status: 404, message }, about)
    const missing = { type: 'kind-missing', apiVersion: 'example.com/v1', kind: 'Widget' }
    t.like(failure, isKind ? missing : { type: 'not-found', message })
  })
}

test('pages of proxies are not shown', t => {
  const page = '<html><body>token=abc</body></html>'
  t.deepEqual(failureOf({ status: 502, headers: {}, text: page }), {
    type: 'server',
    status: 502,
    message: 'the answer was HTTP 502',
  })
  t.deepEqual(failureOf({ status: 418, headers: {}, text: '' }), {
    type: 'other',
    status: 418,
    message: 'the answer was HTTP 418',
  })
  t.is(
    failureOf({ status: 429, headers: {}, text: 'Too many requests, please try again later.\n' })
      .message,
    'Too many requests, please try again later.',
  )
})

test('what a Secret holds is blotted out of messages and causes', t => {
  for (const title of ['secret: number', 'secret: nested', 'secret: bad key'] as const) {
    const { status, body } = recorded[title]
    const failure = failureOf({ status, headers: {}, text: JSON.stringify(body), kind: 'Secret' })
    t.notRegex(JSON.stringify(failure), /12345|topsecret|"a b\\/, title)
    t.regex(failure.message, /\(hidden\)/, title)
  }
})

test('a very long message is cut', t => {
  const text = JSON.stringify({ status: 'Failure', message: 'x'.repeat(100_000), code: 400 })
  t.is(failureOf({ status: 400, headers: {}, text }).message.length, 2001)
})
