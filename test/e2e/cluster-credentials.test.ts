import { chmod, copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inspect } from 'node:util'
import type { ExecutionContext } from 'ava'
import { asProblem, ClusterError, connect } from '../../src/cluster/index.ts'
import { chooseAccess } from '../../src/cluster/kubeconfig/choose.ts'
import type { UserEntry } from '../../src/cluster/kubeconfig/read.ts'
import { openCredentials } from '../../src/cluster/transport/credentials.ts'
import { createSender } from '../../src/cluster/transport/sender.ts'
import { aCluster, aConfigMap, aFaultProxy } from '../support/cluster.ts'
import type { Fault } from '../support/proxy.ts'
import { aKubeconfig, aRobot, isRobot } from '../support/robot.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** Credentials that others give: plugins and files, and what happens when they end. */

const { serial } = sandboxTest()

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

serial('a credential plugin, asked once for many requests', async t => {
  const { admin, namespace, token, folder } = await aRobot(t)
  const kubeconfig = await aKubeconfig(t, folder, await aPlugin(folder))
  await writeFile(join(folder, 'credential'), credential(token))
  const cluster = await aCluster(t, { kubeconfig })
  await Promise.all(
    Array.from({ length: 30 }, (_, index) => cluster.apply(aConfigMap(namespace, `c-${index}`))),
  )
  await isRobot(t, cluster, namespace)
  t.is((await askedOf(folder)).length, 1)
  t.like(JSON.parse((await askedOf(folder))[0] ?? ''), {
    kind: 'ExecCredential',
    spec: { cluster: { server: admin.server } },
  })
})

/** The file, what it holds, and the user that it belongs to. */
const RENEWED: [string, (token: string) => string, (folder: string) => Promise<UserEntry>][] = [
  ['credential', credential, aPlugin],
  ['token', token => token, async () => ({ tokenFile: 'token' })],
]

for (const [file, contentOf, userOf] of RENEWED) {
  serial(`a ${file} that is refused (401) is asked for again, once for all requests`, async t => {
    const { namespace, folder } = await aRobot(t)
    const proxy = await aFaultProxy(t, t.context.sandbox.kubeconfig)
    await writeFile(join(folder, file), contentOf('first'))
    const user = await userOf(folder)
    const cluster = await aCluster(t, {
      kubeconfig: await aKubeconfig(t, folder, user, { server: proxy.url }),
    })
    await cluster.kind({ apiVersion: 'v1', kind: 'ConfigMap' })
    await writeFile(join(folder, file), contentOf('second'))
    const refused = proxy.on({ authorization: 'Bearer first' }, UNAUTHORIZED)
    await Promise.all(
      Array.from({ length: 8 }, (_, index) => cluster.apply(aConfigMap(namespace, `c-${index}`))),
    )
    t.is(refused.hits(), 8)
    const tokens = proxy.seen
      .filter(({ method }) => method === 'PATCH')
      .map(({ headers }) => headers.authorization)
    t.deepEqual(countsOf(tokens), { 'Bearer first': 8, 'Bearer second': 8 })
    if (user.exec !== undefined) t.is((await askedOf(folder)).length, 2)

    const still = proxy.on({ method: 'PATCH' }, UNAUTHORIZED)
    const error = await t.throwsAsync(cluster.apply(aConfigMap(namespace, 'a')), {
      instanceOf: ClusterError,
    })
    t.is(error.failure.type, 'unauthorized')
    t.is(still.hits(), 2)
  })
}

const UNAUTHORIZED: Fault = {
  type: 'answer',
  status: 401,
  body: { status: 'Failure', message: 'Unauthorized', code: 401 },
}

function countsOf(values: (string | undefined)[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const value of values) counts[value ?? ''] = (counts[value ?? ''] ?? 0) + 1
  return counts
}

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

serial('what a credential plugin prints is not told, even when it is nonsense', async t => {
  const { folder } = await aRobot(t)
  const kubeconfig = await aKubeconfig(t, folder, await aPlugin(folder))
  for (const output of ['s3cret', '{"token": "s3cret"}', '']) {
    await writeFile(join(folder, 'credential'), output)
    const error = await t.throwsAsync(connect({ kubeconfig }), { instanceOf: ClusterError })
    t.regex(asProblem(error).message, /its output is not an ExecCredential$/)
    t.notRegex(inspect(error, { depth: 10 }), /s3cret/)
  }
})

serial(
  'what a credential plugin asks people is passed on while it waits, and an interruption ends the waiting',
  async t => {
    const { folder } = await aRobot(t)
    await writeFile(
      join(folder, 'plugin'),
      '#!/bin/sh\necho "open https://login.example.com and type ABCD" >&2\nexec sleep 20\n',
    )
    await chmod(join(folder, 'plugin'), 0o755)
    const kubeconfig = await aKubeconfig(t, folder, { exec: { command: './plugin' } })
    const controller = new AbortController()
    const said: string[] = []
    const onSignIn = (message: string) => {
      said.push(message)
      controller.abort()
    }
    const error = await t.throwsAsync(connect({ kubeconfig, onSignIn, signal: controller.signal }))
    t.is(asProblem(error).code, 'interrupted')
    t.deepEqual(said, ['open https://login.example.com and type ABCD\n'])
  },
)

serial(
  'a client certificate that was rotated is read anew, and halves that do not match are left alone',
  async t => {
    const { kubeconfig, context, stateDirectory, server } = t.context.sandbox
    const { folder } = await aRobot(t)
    const pki = join(stateDirectory, 'pki')
    const put = async (pair: string, files: string[]) => {
      for (const file of files) await copyFile(join(pki, `${pair}.${file}`), join(folder, file))
    }
    // The authority's own certificate names nobody who may read secrets.
    await put('ca', ['crt', 'key'])
    const { cluster } = chooseAccess({ kubeconfig, context, environment: {} })
    const user = { 'client-certificate': join(folder, 'crt'), 'client-key': join(folder, 'key') }
    const access = { context: 'x', server: new URL(server), cluster, user }
    const credentials = openCredentials({ access, environment: {} })
    t.teardown(credentials.close)
    const sender = createSender({
      server: access.server,
      credentials,
      requestTimeoutSeconds: 30,
      userAgent: 'test',
    })
    const status = async () =>
      (
        await sender.answer({
          verb: 'get',
          method: 'GET',
          path: '/api/v1/namespaces/default/secrets',
          idempotent: true,
        })
      ).status
    const first = await credentials.current()
    t.true([401, 403].includes(await status()))

    await put('admin', ['crt'])
    credentials.renew(first)
    t.is((await credentials.current()).agent, first.agent)
    t.true([401, 403].includes(await status()))

    await put('admin', ['key'])
    credentials.renew(first)
    const second = await credentials.current()
    t.not(second.agent, first.agent)
    t.is(await status(), 200)
    credentials.renew(second)
    t.is((await credentials.current()).agent, second.agent)
  },
)

async function problemOf(t: ExecutionContext, options: { kubeconfig: string }) {
  return asProblem(await t.throwsAsync(connect(options)))
}
