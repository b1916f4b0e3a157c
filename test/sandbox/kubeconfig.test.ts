import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  lstatSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setImmediate } from 'node:timers/promises'
import test, { type ExecutionContext } from 'ava'
import { parse } from 'yaml'
import { SlipwayError } from '../../src/problem/index.ts'
import { publishContext, withdrawContext } from '../../src/sandbox/kubeconfig/publish.ts'

/** What happens to the kubeconfig of somebody who works on real clusters. */

const ENTRY = {
  name: 'slipway-demo',
  server: 'https://127.0.0.1:12345',
  certificateAuthority: 'ca',
  clientCertificate: 'certificate',
  clientKey: 'key',
}

// As kubectl writes it, with what people add.
const USERS_OWN = `apiVersion: v1
clusters:
# the one that pays the bills
- cluster:
    certificate-authority-data: ${'QUJD'.repeat(80)}
    server: https://prod.example.com
  name: prod
contexts:
- context:
    cluster: prod
    namespace: llm-ops
    user: me
  name: prod
current-context: prod # careful
kind: Config
preferences: {}
users:
- name: me
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1
      args:
      - get-token
      command: aws
`

function scratch(t: ExecutionContext, text?: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-kubeconfig-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const file = path.join(folder, '.kube', 'config')
  if (text === undefined) return file
  const own = path.join(folder, 'config')
  writeFileSync(own, text, { mode: 0o640 })
  return own
}

interface Kubeconfig {
  kind?: string
  'current-context'?: string
  contexts: { name: string; context: { cluster: string; user: string } }[]
  clusters: { name: string; cluster: Record<string, string> }[]
  users: { name: string; user: Record<string, string> }[]
}

const read = (file: string): Kubeconfig => parse(readFileSync(file, 'utf8'))

test('a context is added and taken out again, byte for byte', async t => {
  const file = scratch(t, USERS_OWN)
  const published = await publishContext(ENTRY, file)
  const { contexts, clusters, users } = read(file)
  t.deepEqual(contexts.at(-1), {
    context: { cluster: 'slipway-demo', user: 'slipway-demo' },
    name: 'slipway-demo',
  })
  t.is(clusters.at(-1)?.cluster['server'], ENTRY.server)
  t.is(clusters.at(-1)?.cluster['certificate-authority-data'], 'Y2E=')
  t.deepEqual(users.at(-1)?.user, {
    'client-certificate-data': 'Y2VydGlmaWNhdGU=',
    'client-key-data': 'a2V5',
  })
  t.is(read(file)['current-context'], 'prod')
  await withdrawContext(ENTRY.name, published)
  t.is(readFileSync(file, 'utf8'), USERS_OWN)
  t.is(statSync(file).mode & 0o777, 0o640)
})

test('adding it twice leaves one', async t => {
  const file = scratch(t, USERS_OWN)
  await publishContext(ENTRY, file)
  await publishContext({ ...ENTRY, server: 'https://127.0.0.1:2' }, file)
  const ours = read(file).clusters.filter(({ name }) => name === ENTRY.name)
  t.deepEqual(
    ours.map(({ cluster }) => cluster['server']),
    ['https://127.0.0.1:2'],
  )
})

test('a file that was not there is made, with a current context, and goes again', async t => {
  const file = scratch(t)
  const published = await publishContext(ENTRY, file)
  t.true(published.created)
  t.is(read(file)['current-context'], ENTRY.name)
  t.is(statSync(file).mode & 0o777, 0o600)
  await withdrawContext(ENTRY.name, published)
  t.false(existsSync(file))
})

test('a file that was made stays when somebody else has put a context into it', async t => {
  const file = scratch(t)
  const published = await publishContext(ENTRY, file)
  await publishContext({ ...ENTRY, name: 'slipway-other' }, file)
  await withdrawContext(ENTRY.name, published)
  t.deepEqual(
    read(file).contexts.map(({ name }) => name),
    ['slipway-other'],
  )
  t.is(read(file)['current-context'], undefined)
})

test('a current context that points at the sandbox falls back to the one before', async t => {
  const file = scratch(t, USERS_OWN)
  const published = await publishContext(ENTRY, file)
  const switched = readFileSync(file, 'utf8').replace(
    'current-context: prod',
    'current-context: slipway-demo',
  )
  writeFileSync(file, switched)
  await withdrawContext(ENTRY.name, published)
  t.is(read(file)['current-context'], 'prod')
})

test('a link to a kubeconfig stays a link', async t => {
  const file = scratch(t, USERS_OWN)
  const link = `${file}.link`
  symlinkSync(file, link)
  await publishContext(ENTRY, link)
  t.true(lstatSync(link).isSymbolicLink())
  t.is(read(file).contexts.length, 2)
})

test('a file that is no kubeconfig is refused and left alone', async t => {
  const file = scratch(t, 'contexts: [}')
  const error = await t.throwsAsync(publishContext(ENTRY, file), { instanceOf: SlipwayError })
  t.is(error?.problems[0]?.code, 'kubeconfig')
  t.true(error?.message.includes(file))
  t.is(readFileSync(file, 'utf8'), 'contexts: [}')
})

test('changes at the same time do not lose one another', async t => {
  const file = scratch(t, USERS_OWN)
  const names = Array.from({ length: 8 }, (_, index) => `slipway-${index}`)
  await Promise.all(names.map(name => publishContext({ ...ENTRY, name }, file)))
  t.deepEqual(
    read(file)
      .contexts.map(({ name }) => name)
      .toSorted(),
    ['prod', ...names],
  )
})

const PUBLISHER = `
import { publishContext } from '${path.resolve(import.meta.dirname, '../../src/sandbox/kubeconfig/publish.ts')}'
const [file] = process.argv.slice(1)
const entry = { ...${JSON.stringify(ENTRY)}, certificateAuthority: 'a'.repeat(50_000) }
process.stdout.write('ready')
for (let count = 0; ; count++) await publishContext({ ...entry, name: 'slipway-' + (count % 8) }, file)
`

test('whenever it is read or killed, the file is whole, and nobody else may read it', async t => {
  const file = scratch(t)
  const args = ['--input-type=module', '--eval', PUBLISHER, file]
  for (const kill of [3, 9, 20]) {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    // oxlint-disable no-await-in-loop
    await once(child.stdout, 'data')
    let seen = 0
    while (seen < kill) {
      if (existsSync(file)) {
        t.is(read(file).kind, 'Config')
        t.is(statSync(file).mode & 0o777, 0o600)
        seen += 1
      }
      await setImmediate()
    }
    const gone = once(child, 'close')
    child.kill('SIGKILL')
    await gone
    // oxlint-enable no-await-in-loop
    t.is(read(file).kind, 'Config')
    // kubectl leaves its lock behind when it is killed, too.
    rmSync(`${file}.lock`, { force: true })
  }
  await publishContext(ENTRY, file)
  t.deepEqual(readdirSync(path.dirname(file)), ['config'])
})

test('a link or a file in the place of the unfinished one is not written into', async t => {
  const file = scratch(t, USERS_OWN)
  const victim = `${file}.victim`
  writeFileSync(victim, 'untouched')
  symlinkSync(victim, `${file}.slipway-${process.pid}`)
  await publishContext(ENTRY, file)
  t.is(readFileSync(victim, 'utf8'), 'untouched')
  t.is(read(file).contexts.length, 2)
})
