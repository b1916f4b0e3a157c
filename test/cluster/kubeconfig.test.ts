import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { chooseAccess } from '../../src/cluster/kubeconfig/choose.ts'
import { SlipwayError } from '../../src/problem/index.ts'

/** A folder with these files, removed after the test. */
function aFolder(t: ExecutionContext, files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-kubeconfig-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

interface Sketch {
  context?: string
  server?: string
  current?: string
  user?: object
  cluster?: object
}

function aKubeconfig({
  context = 'dev',
  server = 'https://dev:6443',
  current,
  user = {},
  cluster = {},
}: Sketch = {}): string {
  return JSON.stringify({
    clusters: [{ name: context, cluster: { server, ...cluster } }],
    users: [{ name: context, user }],
    contexts: [
      { name: context, context: { cluster: context, user: context, namespace: `${context}-ns` } },
    ],
    ...(current !== undefined && { 'current-context': current }),
  })
}

const problemOf = (t: ExecutionContext, run: () => unknown) => {
  const error = t.throws(run, { instanceOf: SlipwayError })
  return error.problems[0]
}

test('the flag wins over KUBECONFIG, which wins over the home folder', t => {
  const folder = aFolder(t, {
    flag: aKubeconfig({ current: 'dev', server: 'https://flag' }),
    variable: aKubeconfig({ current: 'dev', server: 'https://variable' }),
    '.kube/config': aKubeconfig({ current: 'dev', server: 'https://home' }),
  })
  const HOME = folder
  const KUBECONFIG = join(folder, 'variable')
  const kubeconfig = join(folder, 'flag')
  t.is(chooseAccess({ kubeconfig, environment: { HOME, KUBECONFIG } }).server.host, 'flag')
  t.is(chooseAccess({ environment: { HOME, KUBECONFIG } }).server.host, 'variable')
  const { context, namespace, server } = chooseAccess({ environment: { HOME } })
  t.deepEqual([context, namespace, server.host], ['dev', 'dev-ns', 'home'])
})

test('KUBECONFIG may name several files: the first that says something wins, missing ones are passed over', t => {
  const folder = aFolder(t, {
    a: aKubeconfig({ context: 'dev', server: 'https://first' }),
    b: aKubeconfig({ context: 'dev', server: 'https://second', current: 'prod' }),
    empty: '',
    c: aKubeconfig({ context: 'prod', server: 'https://prod', current: 'dev' }),
  })
  const KUBECONFIG = ['a', 'missing', 'empty', 'b', 'c']
    .map(file => join(folder, file))
    .join(delimiter)
  t.is(chooseAccess({ environment: { KUBECONFIG } }).server.host, 'prod')
  t.is(chooseAccess({ context: 'dev', environment: { KUBECONFIG } }).server.host, 'first')
})

const exec = (command: string) =>
  aKubeconfig({
    current: 'dev',
    user: { tokenFile: 'token', exec: { command } },
    cluster: { 'certificate-authority': 'pki/ca.crt' },
  })

test('paths are relative to the file that names them; a bare command is not a path', t => {
  const folder = aFolder(t, { 'a/config': exec('./bin/login'), 'b/config': exec('aws') })
  const { cluster, user } = chooseAccess({ kubeconfig: join(folder, 'a/config'), environment: {} })
  t.is(cluster['certificate-authority'], join(folder, 'a/pki/ca.crt'))
  t.is(user.tokenFile, join(folder, 'a/token'))
  t.is(user.exec?.command, join(folder, 'a/bin/login'))
  t.is(
    chooseAccess({ kubeconfig: join(folder, 'b/config'), environment: {} }).user.exec?.command,
    'aws',
  )
})

test('an unknown context is told with the known ones', t => {
  const folder = aFolder(t, { config: aKubeconfig() })
  const kubeconfig = join(folder, 'config')
  const problem = problemOf(t, () => chooseAccess({ kubeconfig, context: 'prod', environment: {} }))
  t.is(problem?.code, 'kubeconfig')
  t.is(problem?.message, 'the kubeconfig has no context "prod"')
  t.is(problem?.cause, `${kubeconfig} has "dev"`)
})

/** File, what is said. */
const BROKEN: [string, string, RegExp][] = [
  ['no current context', aKubeconfig(), /no context is chosen/],
  [
    'no cluster of that name',
    JSON.stringify({
      'current-context': 'x',
      contexts: [{ name: 'x', context: { cluster: 'gone', user: 'u' } }],
    }),
    /points at the cluster "gone"/,
  ],
  [
    'no user of that name',
    JSON.stringify({
      'current-context': 'x',
      clusters: [{ name: 'c', cluster: { server: 'https://x' } }],
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'gone' } }],
    }),
    /points at the user "gone"/,
  ],
  [
    'no server',
    aKubeconfig({ current: 'dev', server: 'dev.example.com' }),
    /no usable server address: dev\.example\.com/,
  ],
  ['not YAML', 'clusters: [', /is not valid YAML/],
  ['a list', '- a', /is not a kubeconfig/],
]

for (const [title, text, message] of BROKEN) {
  test(`a broken kubeconfig is told: ${title}`, t => {
    const folder = aFolder(t, { config: text })
    const problem = problemOf(t, () =>
      chooseAccess({ kubeconfig: join(folder, 'config'), environment: {} }),
    )
    t.is(problem?.code, 'kubeconfig')
    t.regex(problem?.message ?? '', message)
    t.truthy(problem?.remedy)
  })
}

test('a broken kubeconfig is told without its secrets', t => {
  const folder = aFolder(t, { config: 'users:\n- {name: a, user: {token: s3cret}\n  b: [' })
  const error = t.throws(
    () => chooseAccess({ kubeconfig: join(folder, 'config'), environment: {} }),
    { instanceOf: SlipwayError },
  )
  t.notRegex(JSON.stringify(error.problems) + String(error.stack) + String(error.cause), /s3cret/)
})

test('a file that is not there is told, wherever its name comes from', t => {
  const folder = aFolder(t, {})
  const missing = join(folder, 'missing')
  t.regex(
    problemOf(t, () => chooseAccess({ kubeconfig: missing, environment: {} }))?.message ?? '',
    /^there is no kubeconfig at .*missing$/,
  )
  t.regex(
    problemOf(t, () => chooseAccess({ environment: { KUBECONFIG: missing } }))?.message ?? '',
    /^no kubeconfig was found \(looked for .*missing\)$/,
  )
  t.regex(
    problemOf(t, () => chooseAccess({ context: 'prod', environment: {} }))?.message ?? '',
    /so there is no context "prod"$/,
  )
})
