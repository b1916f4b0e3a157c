import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import anyTest from 'ava'
import type { ExecutionContext, TestFn } from 'ava'
import { asProblem, ClusterError, connect } from '../../src/cluster/index.ts'
import type { Cluster } from '../../src/cluster/index.ts'
import { chooseAccess } from '../../src/cluster/kubeconfig/choose.ts'
import type { UserEntry } from '../../src/cluster/kubeconfig/read.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { aCluster, aConfigMap, aNamespace } from '../support/cluster.ts'
import { kubectlFor } from '../support/kubectl.ts'
import { sandboxTest } from '../support/sandbox.ts'
import { aConnectProxy, aSocksProxy } from '../support/tunnels.ts'

/** Every way to be let in by a real API server, and what is said of those that fail. */

interface Context {
  sandbox: Sandbox
}

const test = anyTest as TestFn<Context>
const { serial } = sandboxTest(test)

interface Robot {
  admin: Cluster
  namespace: string
  token: string
  folder: string
}

/** A service account that may do everything with config maps in its namespace, and nothing else. */
async function aRobot(t: ExecutionContext<Context>): Promise<Robot> {
  const admin = await aCluster(t, t.context.sandbox)
  const namespace = await aNamespace(t, admin)
  const metadata = { name: 'robot', namespace }
  await admin.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata })
  await admin.create({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata,
    rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['*'] }],
  })
  await admin.create({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'robot' },
    subjects: [{ kind: 'ServiceAccount', ...metadata }],
  })
  const token = await kubectlFor(t.context.sandbox)('create', 'token', 'robot', '-n', namespace)
  const folder = await mkdtemp(join(tmpdir(), 'slipway-access-'))
  t.teardown(() => rm(folder, { recursive: true }))
  return { admin, namespace, token: token.trim(), folder }
}

/** A kubeconfig for the sandbox with another user, and perhaps another way. */
async function aKubeconfig(
  t: ExecutionContext<Context>,
  folder: string,
  user: UserEntry,
  cluster: object = {},
): Promise<string> {
  const { kubeconfig, context } = t.context.sandbox
  const access = chooseAccess({ kubeconfig, context, environment: {} })
  const file = join(folder, 'kubeconfig')
  const text = JSON.stringify({
    clusters: [{ name: 'x', cluster: { ...access.cluster, ...cluster } }],
    users: [{ name: 'x', user }],
    contexts: [{ name: 'x', context: { cluster: 'x', user: 'x' } }],
    'current-context': 'x',
  })
  await writeFile(file, text)
  return file
}

/** Whether it is the robot: it may do just what its Role says. */
async function isRobot(t: ExecutionContext, cluster: Cluster, namespace: string): Promise<void> {
  const access = { group: '', namespace }
  t.true(await cluster.can({ ...access, verb: 'patch', resource: 'configmaps' }))
  t.false(await cluster.can({ ...access, verb: 'get', resource: 'secrets' }))
  const { failure } = await t.throwsAsync(
    cluster.list({ apiVersion: 'v1', kind: 'Secret', namespace }),
    { instanceOf: ClusterError },
  )
  t.is(failure.type, 'forbidden')
}

serial('a token; and what it does not allow is told as missing permission', async t => {
  const { namespace, token, folder } = await aRobot(t)
  const cluster = await aCluster(t, { kubeconfig: await aKubeconfig(t, folder, { token }) })
  await isRobot(t, cluster, namespace)
  t.truthy((await cluster.apply(aConfigMap(namespace, 'a'))).metadata.uid)
  const error = await t.throwsAsync(
    cluster.get({ apiVersion: 'v1', kind: 'Secret', namespace, name: 'x' }),
    { instanceOf: ClusterError },
  )
  const problem = asProblem(error, { object: `Secret/${namespace}/x` })
  t.like(problem, { code: 'forbidden', object: `Secret/${namespace}/x` })
  t.regex(
    problem.message,
    /^no permission: secrets "x" is forbidden: User "system:serviceaccount:test-\w+:robot" cannot get/,
  )
})

serial('a token file, read again when it has changed', async t => {
  const { namespace, token, folder } = await aRobot(t)
  await writeFile(join(folder, 'token'), `${token}\n`)
  const cluster = await aCluster(t, {
    kubeconfig: await aKubeconfig(t, folder, { tokenFile: 'token' }),
  })
  await isRobot(t, cluster, namespace)
  await writeFile(join(folder, 'token'), 'revoked')
  t.truthy((await cluster.apply(aConfigMap(namespace, 'a'))).metadata.uid)
})

/** A credential plugin that gives what is in the file `credential`, and writes down that it was asked. */
async function aPlugin(folder: string): Promise<UserEntry> {
  const command = join(folder, 'plugin')
  await writeFile(
    command,
    `#!/bin/sh\necho "$KUBERNETES_EXEC_INFO" >> ${folder}/asked\ncat ${folder}/credential\n`,
  )
  await chmod(command, 0o755)
  return {
    exec: {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: './plugin',
      provideClusterInfo: true,
    },
  }
}

const credential = (token: string) =>
  JSON.stringify({
    apiVersion: 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    status: { token },
  })

const askedOf = async (folder: string) =>
  (await readFile(join(folder, 'asked'), 'utf8')).trim().split('\n')

serial(
  'a credential plugin, asked once for many requests, and again when its token is refused',
  async t => {
    const { admin, namespace, token, folder } = await aRobot(t)
    const kubeconfig = await aKubeconfig(t, folder, await aPlugin(folder))
    await writeFile(join(folder, 'credential'), credential(token))
    const cluster = await aCluster(t, { kubeconfig })
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => cluster.apply(aConfigMap(namespace, `c-${index}`))),
    )
    t.is((await askedOf(folder)).length, 1)
    t.like(JSON.parse((await askedOf(folder))[0] ?? ''), {
      kind: 'ExecCredential',
      spec: { cluster: { server: admin.server } },
    })

    // The account is made anew: its old tokens are refused, and only the plugin knows the new one.
    const account = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'robot', namespace },
    }
    await admin.delete(
      { apiVersion: 'v1', kind: 'ServiceAccount', namespace, name: 'robot' },
      { propagation: 'Background' },
    )
    await admin.create(account)
    const renewed = await kubectlFor(t.context.sandbox)('create', 'token', 'robot', '-n', namespace)
    await writeFile(join(folder, 'credential'), credential(renewed.trim()))
    const written = await Promise.all(
      Array.from({ length: 30 }, (_, index) => cluster.apply(aConfigMap(namespace, `d-${index}`))),
    )
    t.is(written.length, 30)
    t.true((await askedOf(folder)).length <= 3)
  },
)

serial('a credential plugin that fails or is not there is told, not its output', async t => {
  const { folder } = await aRobot(t)
  await writeFile(
    join(folder, 'plugin'),
    '#!/bin/sh\necho s3cret\necho "the session has expired" >&2\nexit 1\n',
  )
  await chmod(join(folder, 'plugin'), 0o755)
  const failing = await problemOf(t, {
    kubeconfig: await aKubeconfig(t, folder, { exec: { command: './plugin' } }),
  })
  t.is(failing.code, 'unauthorized')
  t.regex(
    failing.message,
    /credential plugin ".*plugin" of the kubeconfig failed: the session has expired$/,
  )
  t.notRegex(JSON.stringify(failing), /s3cret/)
  const missing = {
    exec: { command: 'no-such-plugin', installHint: 'Install it from example.com.' },
  }
  t.regex(
    (await problemOf(t, { kubeconfig: await aKubeconfig(t, folder, missing) })).message,
    /is not installed\. Install it from example\.com\.$/,
  )
})

serial('impersonation, as the kubeconfig says', async t => {
  const { namespace, folder } = await aRobot(t)
  const { kubeconfig, context } = t.context.sandbox
  const { user } = chooseAccess({ kubeconfig, context, environment: {} })
  const as = `system:serviceaccount:${namespace}:robot`
  await isRobot(
    t,
    await aCluster(t, { kubeconfig: await aKubeconfig(t, folder, { ...user, as }) }),
    namespace,
  )
})

serial('an OIDC provider, by the library', async t => {
  const { namespace, token, folder } = await aRobot(t)
  const user = {
    'auth-provider': {
      name: 'oidc',
      config: {
        'id-token': token,
        'client-id': 'x',
        'idp-issuer-url': 'https://issuer.example.com',
      },
    },
  }
  await isRobot(t, await aCluster(t, { kubeconfig: await aKubeconfig(t, folder, user) }), namespace)
})

serial('an HTTP proxy with a password, over kept connections', async t => {
  const { namespace, token, folder } = await aRobot(t)
  const proxy = await aConnectProxy(t, 'me:p@ss')
  const kubeconfig = await aKubeconfig(
    t,
    folder,
    { token },
    { 'proxy-url': `http://me:p%40ss@127.0.0.1:${proxy.port}` },
  )
  const cluster = await aCluster(t, { kubeconfig })
  await isRobot(t, cluster, namespace)
  t.is(proxy.opened(), 1)
  const refused = await problemOf(t, {
    kubeconfig: await aKubeconfig(
      t,
      folder,
      { token },
      { 'proxy-url': `http://me:wr0ng@127.0.0.1:${proxy.port}` },
    ),
  })
  t.is(refused.code, 'unreachable')
  t.regex(refused.message, /proxy/)
  t.notRegex(JSON.stringify(refused), /wr0ng/)
})

serial('a SOCKS proxy, by the library, over kept connections', async t => {
  const { namespace, token, folder } = await aRobot(t)
  const proxy = await aSocksProxy(t)
  const kubeconfig = await aKubeconfig(
    t,
    folder,
    { token },
    { 'proxy-url': `socks5://127.0.0.1:${proxy.port}` },
  )
  await isRobot(t, await aCluster(t, { kubeconfig }), namespace)
  t.is(proxy.opened(), 1)
})

async function problemOf(t: ExecutionContext, options: { kubeconfig: string }) {
  return asProblem(await t.throwsAsync(connect(options)))
}

serial('what keeps us from the API server is told at once, with the way out', async t => {
  const { token, folder } = await aRobot(t)
  const told = async (user: UserEntry, cluster: object = {}) =>
    problemOf(t, { kubeconfig: await aKubeconfig(t, folder, user, cluster) })
  const started = performance.now()

  const wrong = await told({ token: 'wr0ng' })
  t.like(wrong, { code: 'unauthorized', message: 'the API server does not accept this login' })
  const refused = await told({ token }, { server: 'https://127.0.0.1:1' })
  t.like(refused, {
    code: 'unreachable',
    message: 'the API server at 127.0.0.1:1 cannot be reached: connection refused',
  })
  const untrusted = await told(
    { token },
    { 'certificate-authority': undefined, 'certificate-authority-data': undefined },
  )
  t.regex(untrusted.message, /its certificate is not trusted/)
  const otherName = await told({ token }, { 'tls-server-name': 'other.example.com' })
  t.regex(otherName.message, /its certificate is for another name/)
  const { port } = await aConnectProxy(t, '')
  const notTls = await told({ token }, { server: `https://127.0.0.1:${port}` })
  t.regex(notTls.message, /the TLS handshake failed/)
  const unknown = await told({ token }, { server: 'https://no-such-host.invalid' })
  t.regex(
    unknown.message,
    /no-such-host\.invalid:443 cannot be reached: its name cannot be resolved/,
  )

  for (const problem of [wrong, refused, untrusted, otherName, notTls, unknown])
    t.truthy(problem.remedy)
  t.true(performance.now() - started < 10_000)
})

serial('without verification only when the kubeconfig says so', async t => {
  const { namespace, token, folder } = await aRobot(t)
  const insecure = {
    'certificate-authority': undefined,
    'certificate-authority-data': undefined,
    'insecure-skip-tls-verify': true,
  }
  await isRobot(
    t,
    await aCluster(t, { kubeconfig: await aKubeconfig(t, folder, { token }, insecure) }),
    namespace,
  )
})
