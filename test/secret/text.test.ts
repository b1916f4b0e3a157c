import test from 'ava'
import { maskForms, maskText, secretPaths } from '../../src/secret/index.ts'

/** A text with its secret in brackets. */
const HIDDEN = [
  'export TOKEN=[abc123supersecret] && exec vllm serve',
  'HF_TOKEN=[abcdefgh] exec server --port 8000',
  'API_KEY="[zzzzz 1234]" exec server',
  "PASSWORD='[it is a secret]' exec server",
  'exec server --api-key [hunter2hunter] --port 8000',
  'exec server --api-key=[hunter2hunter]',
  'docker run -e DB_PASSWORD=[abc] ghcr.io/acme/chat:1.0',
  'AccountName=acme;AccountKey=[Zm9vYmFyZm9vYmFy==];EndpointSuffix=core.windows.net',
  'curl -H "X-API-Key: [abcdefgh1234]" http://chat',
  'curl -H "Authorization: token [abcdefgh1234]" http://chat',
  '{"auths":{"ghcr.io":{"auth":"[dXNlcjpwYXNzd29yZA==]"}}}',
  'https://hooks.slack.com/services/[T000/B000/abcdefghijklmnop]',
  'redis://:[p4ss]@cache:6379',
  'with [SG.abcdefghijklmnopqrstuv.abcdefghijklmnopqrstuvwxyz]',
  'with [dapi0123456789abcdef0123456789abcdef]',
  'with [ya29.a0AfH6SMBabcdefghijkl]',
  'with [GOCSPX-abcdefghijklmnop1234]',
  'with [pypi-AgEIcHlwaS5vcmcCJDU]',
  'with [glsa_abcdefghijklmnopqrstuvwxyz012345_01234567]',
  'with [xai-abcdefghijklmnopqrstuvwxyz0123]',
  'with [sk-ant-api03-abcdefghijklmnop]',
  'with [hvb.AAAAAQabcdefghijklmnop]',
  'with [xapp-1-A0000-abcdefghijklmnop]',
  'PGPASSWORD=[hunter] psql',
  'exec server --authtoken [hunterhunter]',
  'API_KEYS=[one-and-two] exec server',
  'Invalid value: core.EnvVar{Name:"DB_PASSWORD", Value:"[hunter]", ValueFrom:(*core.EnvVarSource)(nil)}',
  'unknown field: {"name":"HF_TOKEN","value":"[plainly]"}',
  '{\\"name\\":\\"HF_TOKEN\\",\\"value\\":\\"[plainly]\\"}',
  '{\\"password\\": \\"[plainly]\\"}',
  '- name: HF_TOKEN\n  value: [plainly]',
  'curl -u ada:[plainly] https://models.example.com',
  'machine models.example.com login ada password [plainly]',
  'host: a\npassword: [plainly]\nport: 1',
  'https://models.example.com/x?hf_token=[plainly]&a=1',
  'https://models.example.com/x?refresh_token=[plainly]',
  'http_proxy=http://ada:[p@ss]@proxy.example.com:3128',
  'postgres://ada:[pl/ain/ly]@db.example.com:5432/models',
  'https://ada@example.com:[plainly]@models.example.com/x',
  'https://[abcdefghijklmnopqrstuv0123]@models.example.com/x',
  'with [eyJhbGciOiJkaXIifQ..abcdefgh.abcdefgh.abcdefgh]',
  'with [abc8Q~abcdefghijklmnopqrstuvwxyz0123456]',
  'with [1234567890:AAabcdefghijklmnopqrstuvwxyz0123456]',
  'with [abcdefghij1234.atlasv1.abcdefghijklmnopqrstuv]',
  'with [sk_0123456789abcdef0123456789abcdef0123456789abcdef]',
  'with [lsv2_pt_0123456789abcdef0123456789abcdef_0123456789]',
  'client-key-data: [LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQpNSUlF]',
  '-H "Cookie: [sessionid1234]"',
]
for (const marked of HIDDEN) {
  test(`S3 · hidden in any text: ${marked}`, t => {
    const [text, shown] = [marked.replaceAll(/[[\]]/g, ''), marked.replace(/\[.*\]/, '(hidden)')]
    t.is(maskForms(text), shown)
    t.is(maskText(text), shown)
    t.deepEqual(secretPaths({ args: ['-c', text] }), [['args', 1]])
  })
}

const SHOWN = [
  'ghcr.io/acme/token:v1.2',
  'token: expired',
  'secret "registry" not found',
  'exec server --max-tokens 4096 --tokenizer mistral --port 8000',
  'max_tokens=1048576',
  'TOKEN=$(cat /run/token) API_KEY="$HF" exec server --api-key ${KEY} --token $TOKEN',
  '--api-key --port 8000',
  '[ "$TOKEN" = "x" ] && exit 1',
  '/run/secrets/token',
  'topologyKey=zone partition-key=a',
  'docker run -u 1000:1000 ghcr.io/acme/chat:1.0',
  'oci://iris:v1@sha256:0123 and oci://registry.example.com:5000/iris@sha256:0123',
  'certificate-authority-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUREVENDQWZXZ0F3',
  'https://a.example.com:8080 or ada@example.com',
  'https://a.example.com:8080/users/@ada and oci://registry.example.com:5000/a@sha256:0123',
  'the password is wrong',
  'password: ${PASSWORD}',
  'name: tokenizer\nvalue: mistral',
  '{"name":"MAX_TOKENS","value":"4096"}',
  'map-keys=a,b keys: c',
  'install -u chat:v1',
]
for (const text of SHOWN) {
  test(`S3 · shown as it is: ${text}`, t => {
    t.is(maskForms(text), text)
    t.deepEqual(secretPaths({ args: ['-c', text] }), [])
  })
}
