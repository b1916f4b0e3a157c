import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { ClusterError, type Cluster } from '../../src/cluster/index.ts'
import { chooseAccess } from '../../src/cluster/kubeconfig/choose.ts'
import type { UserEntry } from '../../src/cluster/kubeconfig/read.ts'
import { aCluster, aNamespace } from './cluster.ts'
import { kubectlFor } from './kubectl.ts'
import type { SandboxContext } from './sandbox.ts'

export interface Robot {
  admin: Cluster
  namespace: string
  token: string
  folder: string
}

/** A service account that may do everything with config maps in its namespace, and nothing else. */
export async function aRobot(t: ExecutionContext<SandboxContext>): Promise<Robot> {
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
export async function aKubeconfig(
  t: ExecutionContext<SandboxContext>,
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
export async function isRobot(
  t: ExecutionContext,
  cluster: Cluster,
  namespace: string,
): Promise<void> {
  const access = { group: '', namespace }
  t.true(await cluster.can({ ...access, verb: 'patch', resource: 'configmaps' }))
  t.false(await cluster.can({ ...access, verb: 'get', resource: 'secrets' }))
  const { failure } = await t.throwsAsync(
    cluster.list({ apiVersion: 'v1', kind: 'Secret', namespace }),
    { instanceOf: ClusterError },
  )
  t.is(failure.type, 'forbidden')
}
