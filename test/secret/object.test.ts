import test from 'ava'
import { maskObject, maskText, maskValue } from '../../src/secret/index.ts'

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

test('K3 · where nothing is hidden, the value itself is given, and of the rest what is unchanged', t => {
  const env = [{ name: 'LOG_LEVEL', value: 'info' }]
  const plain = { env, args: ['--port', '8000'], probes: { path: '/health?deep=1' } }
  t.is(
    maskValue(plain, () => 'x'),
    plain,
  )
  const given = { plain, args: ['--api-key', 'abcdef', '--host=a'], hfToken: 'abc', list: [env] }
  const masked = maskValue(given, () => 'x') as typeof given
  t.deepEqual(masked, { ...given, args: ['--api-key', 'x', '--host=a'] })
  t.is(masked.plain, plain)
  t.deepEqual(given.args, ['--api-key', 'abcdef', '--host=a'])
})

/** What a quick look at a name or a text must not pass over. */
const FOUND: [value: unknown, masked: unknown][] = [
  [
    { name: 'PGPASSWORD', value: 'hunter22' },
    { name: 'PGPASSWORD', value: 'x' },
  ],
  [
    { name: 'AWS_ACCESS_KEY_ID', value: 'abcd' },
    { name: 'AWS_ACCESS_KEY_ID', value: 'x' },
  ],
  [{ env: { dbPwd: 'hunter22' } }, { env: { dbPwd: 'x' } }],
  [{ env: { GITHUB_PAT: 'hunter22' } }, { env: { GITHUB_PAT: 'x' } }],
  [{ env: { 'TO\u212AEN': 'hunter22' } }, { env: { 'TO\u212AEN': 'x' } }],
  ['export HF_TOKEN=hunter22', 'export HF_TOKEN=x'],
  ['serve --api-key hunter22', 'serve --api-key x'],
  ['{"password":"hunter22"}', '{"password":"x"}'],
]
for (const [value, masked] of FOUND)
  test(`K3 · ${JSON.stringify(value)} is masked`, t => {
    t.deepEqual(
      maskValue(value, () => 'x'),
      masked,
    )
  })

/** Where people put secrets beside variables, with each secret as `s3cr3t…`. */
const PLACES: [string, unknown][] = [
  ['an argument of its own', { args: ['curl', '-u', 'ada:s3cr3t-word'] }],
  ['a header in arguments', { command: ['curl', '-H', 'Authorization: token s3cr3t-word1'] }],
  ['a variable as an argument', { args: ['env', 'HF_TOKEN=s3cr3t-word', 'server'] }],
  ['a header of a probe', { httpHeaders: [{ name: 'Authorization', value: 's3cr3t-word' }] }],
  ['a cookie of a probe', { httpHeaders: [{ name: 'Cookie', value: 's3cr3t-word' }] }],
  ['an annotation', { annotations: { 'example.com/auth-token': 's3cr3t-word' } }],
  ['a proxy', { env: [{ name: 'HTTPS_PROXY', value: 'http://ada:s3cr3t-word@proxy:3128' }] }],
  [
    'a file in a variable',
    { env: [{ name: 'CONFIG', value: '{"auths":{"r":{"auth":"s3cr3t-word"}}}' }] },
  ],
]

for (const [where, value] of PLACES) {
  test(`S3 · hidden in ${where}`, t => {
    t.true(JSON.stringify(value).includes('s3cr3t'))
    t.false(JSON.stringify(maskValue(value, () => HIDDEN_TEXT)).includes('s3cr3t'))
  })
}

const HIDDEN_TEXT = '(hidden)'

test('S3 · users and ports behind an option are shown', t => {
  const args = [
    '-u',
    '1000:1000',
    '--served-model-name',
    'chat',
    '--max-tokens',
    '4096',
    '-p',
    '80:8080',
  ]
  t.deepEqual(
    maskValue({ args }, () => HIDDEN_TEXT),
    { args },
  )
})
