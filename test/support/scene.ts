import { setTimeout as sleep } from 'node:timers/promises'
import type { ExecutionContext } from 'ava'
import { kubectlFor, type Kubectl } from './kubectl.ts'
import type { SandboxContext } from './sandbox.ts'
import { serverDeployment } from './server-deployment.ts'

/** A namespace of the test's own and kubectl, for tests that use neither slipway's plan nor its connection. */
export async function aScene(
  t: ExecutionContext<SandboxContext>,
): Promise<{ kubectl: Kubectl; namespace: string }> {
  const kubectl = kubectlFor(t.context.sandbox)
  const namespace = `sandbox-${Math.random().toString(36).slice(2, 8)}`
  await kubectl('create', 'namespace', namespace)
  t.teardown(async () => {
    await kubectl('delete', 'namespace', namespace, '--wait=false')
  })
  return { kubectl, namespace }
}

interface ServerOptions {
  labels?: object
  replicas?: number
  /** Added to the pod's spec. */
  pod?: object
  resources?: object
}

/** A Deployment `server`. Its long grace period is nobody's business here: kwok ends pods at once. */
export function aServer(
  namespace: string,
  { labels = {}, replicas = 1, pod = {}, resources = {} }: ServerOptions = {},
) {
  return serverDeployment({
    namespace,
    name: 'server',
    labels,
    replicas,
    container: { resources },
    pod: { terminationGracePeriodSeconds: 600, ...pod },
  })
}

interface NodeOptions {
  pool: string
  gpus?: number
  taints?: { key: string; value: string; effect: string }[]
}

/** What lets pods on a node of the test's own. */
export const TOLERATIONS = '[{key: pool, operator: Exists}]'

/** A node that kwok keeps; pods find it by its label `pool`. Those of other tests, which would go with it, stay away by its taint. */
export function aNode(
  name: string,
  { pool, gpus = 0, taints = [{ key: 'pool', value: pool, effect: 'NoSchedule' }] }: NodeOptions,
) {
  const size = { cpu: '8', memory: '32Gi', pods: '110', 'nvidia.com/gpu': String(gpus) }
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: { pool, 'kubernetes.io/hostname': name },
      annotations: { 'kwok.x-k8s.io/node': 'fake' },
    },
    spec: { taints },
    status: { capacity: size, allocatable: size },
  }
}

/** For each container of a namespace's pods. */
export function aLimitRange(namespace: string, limit: object) {
  return {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'team', namespace },
    spec: { limits: [{ type: 'Container', ...limit }] },
  }
}

/** Waits until the pods of the Deployment `server` are Ready. */
export async function serverIsReady(kubectl: Kubectl, namespace: string): Promise<void> {
  await kubectl('-n', namespace, 'rollout', 'status', 'deployment/server', '--timeout=120s')
}

const LONGEST_PAUSE_MS = 400

export async function eventually(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 90_000
  // Most of those who look start kubectl to do so.
  for (let pause = 50; !(await isTrue()); pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    if (Date.now() > deadline) throw new Error('it did not come true in 90 s')
    await sleep(pause)
  }
}
