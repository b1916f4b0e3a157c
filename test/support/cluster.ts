import { randomUUID } from 'node:crypto'
import type { ExecutionContext } from 'ava'
import {
  connect,
  type Cluster,
  type ConnectOptions,
  type ListQuery,
} from '../../src/cluster/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import { startFaultProxy, type FaultProxy } from './proxy.ts'
import { serverDeployment } from './server-deployment.ts'

/** A connection that is closed after the test. */
export async function aCluster(t: ExecutionContext, options: ConnectOptions): Promise<Cluster> {
  const cluster = await connect(options)
  t.teardown(cluster.close)
  return cluster
}

/** A namespace of its own, deleted (not awaited) after the test. */
export async function aNamespace(t: ExecutionContext, cluster: Cluster): Promise<string> {
  const name = `test-${randomUUID().slice(0, 8)}`
  const namespace = await cluster.create({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name },
  })
  t.teardown(() =>
    cluster
      .withSignal()
      .delete(
        { apiVersion: 'v1', kind: 'Namespace', name },
        { propagation: 'Background', uid: namespace.metadata.uid ?? '' },
      ),
  )
  return name
}

export async function aFaultProxy(t: ExecutionContext, kubeconfig: string): Promise<FaultProxy> {
  const proxy = await startFaultProxy(kubeconfig)
  t.teardown(proxy.close)
  return proxy
}

export function aConfigMap(
  namespace: string,
  name: string,
  data: Record<string, string> = {},
): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data }
}

export function aDeployment(namespace: string, name: string, replicas = 1): KubeObject {
  return serverDeployment({ namespace, name, replicas })
}

/** What a watch begins with: its list comes in pages of 100. */
export async function firstSync(cluster: Cluster, query: ListQuery): Promise<KubeObject[]> {
  const ended = new AbortController()
  try {
    for await (const event of cluster.watch(query, ended.signal))
      if (event.type === 'sync') return event.items
    return []
  } finally {
    ended.abort()
  }
}
