import test from 'ava'
import { controllerRemedy } from '../../src/status/causes/controller-words.ts'
import { objectedIn } from '../../src/status/causes/objections.ts'

/** What controllers say, of whatever kind, and what helps. */
const TABLE: [text: string, remedy: RegExp][] = [
  [
    'services is forbidden: User "system:serviceaccount:own:operator" cannot create resource "services" in API group ""',
    /ServiceAccount operator of namespace own.*create resource services/,
  ],
  ['no matches for kind "OwnMonitor" in version "example.com/v1"', /install.*OwnMonitor/],
  ['pods "own" is forbidden: exceeded quota: gpus, requested: 2', /ResourceQuota gpus/],
  ['Secret "own-token" not found', /create the secret own-token/],
  [
    'AccessDeniedException: User: own is not authorized to perform: kms:Decrypt on resource: own',
    /allow kms:Decrypt/,
  ],
  ['Get "https://own.example.com": x509: certificate signed by unknown authority', /certificate/],
  ['dial tcp: lookup own.example.com: no such host', /name of the host/],
  ['429 Too Many Requests', /wait/],
  ['InsufficientInstanceCapacity: none of them in this zone', /size or zone/],
  ['the token has expired', /credentials/],
  ['403 Forbidden', /allow its account/],
  ['Service "own" is already managed by another', /in its way/],
  ['dial tcp 10.0.0.7:443: connect: connection refused', /can be reached/],
  ['spec.size: Invalid value: 0', /correct the field/],
  ['NoSuchBucket: own', /correct the name/],
]

for (const [text, remedy] of TABLE)
  test(`K3 · what a controller says leads to what helps: ${text.slice(0, 60)}`, t => {
    t.regex(controllerRemedy(text) ?? '', remedy)
  })

test('K3 · of words without a known form nothing is said', t => {
  for (const text of ['', 'reconciling', 'copying 3 of 9 files', 'waiting for peers'])
    t.is(controllerRemedy(text), undefined, text)
})

test('K3 · what a policy objects to is named as the spec does', t => {
  t.is(objectedIn('you must have label "team"'), ' (in the spec: metadata.labels)')
  t.is(objectedIn('readinessProbe is required'), ' (in the spec: probes)')
  t.is(
    objectedIn('images from own.example.com: this registry is not trusted'),
    ' (in the spec: image)',
  )
  t.is(objectedIn('not on Fridays'), '')
})
