import test from 'ava'
import { maskObject, maskText } from '../../src/secret/index.ts'

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl'

const HIDDEN: [what: string, text: string, secret: string][] = [
  ['a bearer token', 'Authorization: Bearer abcdef123456', 'abcdef123456'],
  ['a JWT', `got ${JWT} from`, JWT],
  ['an AWS key id', 'key AKIAIOSFODNN7EXAMPLE used', 'AKIAIOSFODNN7EXAMPLE'],
  ['a Hugging Face token', 'HF: hf_abcdefghijklmnopqrst', 'hf_abcdefghijklmnopqrst'],
  ['a GitHub token', 'ghp_abcdefghijklmnopqrstuvwxyz', 'ghp_abcdefghijklmnopqrstuvwxyz'],
  ['a password in a URL', 'postgres://user:s3cretpw@db/x', 's3cretpw'],
  ['a password in an argument', 'starting with --password=hunter22', 'hunter22'],
  ['a token in JSON', '{"token": "abcdefgh12"}', 'abcdefgh12'],
  ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', 'MIIE'],
]
for (const [what, text, secret] of HIDDEN) {
  test(`K3 · diagnostics hide ${what}`, t => {
    t.true(text.includes(secret))
    t.false(maskText(text).includes(secret))
  })
}

const SHOWN = [
  'loaded 4096 tokens in 12 s',
  'max_tokens=1024',
  'http://chat-svc.llm-ops.svc:80/health',
  'ImagePullBackOff: secret "ecr" not found',
]
for (const text of SHOWN) test(`K3 · diagnostics keep: ${text}`, t => t.is(maskText(text), text))

test('K3 · Secret data, telling variables and annotations are hidden; references to them stay', t => {
  const masked = maskObject({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'hf',
      managedFields: [{ manager: 'kubectl' }],
      annotations: {
        'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"token":"aGVsbG8="}}',
        'example.com/token': 'abc',
        owner: 'chat@example.com',
      },
    },
    data: { token: 'aGVsbG8=' },
    stringData: { more: 'hello' },
  })
  t.deepEqual(masked, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'hf',
      annotations: { 'example.com/token': '(hidden)', owner: 'chat@example.com' },
    },
    data: { token: '(hidden)' },
    stringData: { more: '(hidden)' },
  } as never)
  const env = [
    { name: 'HF_TOKEN', value: 'abc' },
    { name: 'LOG_LEVEL', value: 'info' },
    { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
  ]
  const pod = maskObject({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'chat' },
    spec: { containers: [{ name: 'server', env }] },
  })
  t.deepEqual((pod['spec'] as { containers: { env: unknown }[] }).containers[0]?.env, [
    { name: 'HF_TOKEN', value: '(hidden)' },
    { name: 'LOG_LEVEL', value: 'info' },
    { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
  ])
})
