import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { asProblem, ClusterError, connect } from '../../src/cluster/index.ts'
import { chooseAccess } from '../../src/cluster/kubeconfig/choose.ts'
import type { UserEntry } from '../../src/cluster/kubeconfig/read.ts'
import { aCluster, aConfigMap } from '../support/cluster.ts'
import { aKubeconfig, aRobot, isRobot } from '../support/robot.ts'
import { sandboxTest } from '../support/sandbox.ts'
import { aConnectProxy, aSocksProxy } from '../support/tunnels.ts'

/** Every way to be let in by a real API server, and what is said of those that fail. */

const { serial } = sandboxTest()

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

serial('a token file', async t => {
  const { namespace, token, folder } = await aRobot(t)
  await writeFile(join(folder, 'token'), `${token}\n`)
  const cluster = await aCluster(t, {
    kubeconfig: await aKubeconfig(t, folder, { tokenFile: 'token' }),
  })
  await isRobot(t, cluster, namespace)
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
  // A connection that is refused is tried for a minute: the API server may be starting.
  return asProblem(await t.throwsAsync(connect({ ...options, retry: { seconds: 5 } })))
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

  const nothing = Buffer.from('nothing').toString('base64')
  const broken = await told({ 'client-certificate-data': nothing, 'client-key-data': nothing })
  t.is(broken.code, 'kubeconfig')
  t.regex(broken.message, /a certificate or key of the context "[^"]+" is not valid/)

  for (const problem of [wrong, refused, untrusted, otherName, notTls, unknown, broken])
    t.truthy(problem.remedy)
  t.true(performance.now() - started < 60_000)
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
