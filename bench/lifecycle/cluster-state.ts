import { setTimeout as delay } from 'node:timers/promises'
import type { Cluster } from '../../src/cluster/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { connectionOf } from '../peers/raw/connection.ts'
import { carryOut } from '../peers/raw/client.ts'
import { collectionPath, objectPath } from '../peers/raw/paths.ts'
import { CHANGED_VERSION, isDeployment, type Workload } from '../workload/workload.ts'

const namespaceRef = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', name })

export async function createNamespace(cluster: Cluster, name: string): Promise<void> {
  await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
}

/** Fifty thousand objects take minutes. */
const GONE_SECONDS = 1800

/** With all that a tool left in it, so that the next one meets an empty cluster. */
export async function removeNamespace(cluster: Cluster, name: string): Promise<void> {
  await cluster.delete(namespaceRef(name), { propagation: 'Background' })
  for (const deadline = Date.now() + GONE_SECONDS * 1000; Date.now() < deadline;) {
    if ((await cluster.get(namespaceRef(name))) === undefined) return
    await delay(250)
  }
  throw new Error(`namespace ${name} is not gone after ${GONE_SECONDS} s`)
}

/** Plays the Deployment controller, in one go and for every tool alike: all Deployments are rolled out. */
export async function rollOut(
  cluster: Cluster,
  sandbox: Sandbox,
  namespace: string,
): Promise<void> {
  const query = { apiVersion: 'apps/v1', kind: 'Deployment', namespace }
  const { items } = await cluster.list(query)
  const step = items.map(object => ({
    method: 'PATCH',
    path: `${objectPath(object)}/status`,
    contentType: 'application/merge-patch+json',
    body: { status: rolledOut(object) },
  }))
  await carryOut({ ...connectionOf(sandbox), steps: [step] })
}

function rolledOut({ metadata, spec }: KubeObject) {
  const { replicas = 1 } = (spec ?? {}) as { replicas?: number }
  const time = new Date().toISOString()
  const condition = (type: string, reason: string) => {
    const times = { lastTransitionTime: time, lastUpdateTime: time }
    return { type, status: 'True', reason, message: '', ...times }
  }
  return {
    observedGeneration: metadata.generation,
    replicas,
    updatedReplicas: replicas,
    readyReplicas: replicas,
    availableReplicas: replicas,
    conditions: [
      condition('Available', 'MinimumReplicasAvailable'),
      condition('Progressing', 'NewReplicaSetAvailable'),
    ],
  }
}

export interface Expected {
  objects: readonly KubeObject[]
  isChanged: boolean
}

/** What is not as it should be when a tool has ended; undefined when all is. */
export async function findFault(
  cluster: Cluster,
  { namespace, objects }: Workload,
  expected: Expected,
): Promise<string | undefined> {
  const kinds = new Map(objects.map(object => [collectionPath(object), object]))
  const lists = await Promise.all(
    [...kinds.values()].map(({ apiVersion, kind }) =>
      cluster.list({ apiVersion, kind, namespace }),
    ),
  )
  const live = lists.flatMap(({ items }) => items)
  const [surplus, lacking] = [without(live, expected.objects), without(expected.objects, live)]
  if (surplus.length > 0) return `${surplus.length} objects too many, such as ${surplus[0]}`
  if (lacking.length > 0) return `${lacking.length} objects too few, such as ${lacking[0]}`
  const changed = JSON.stringify(live.filter(isDeployment)).includes(`:${CHANGED_VERSION}"`)
  const isWrong = expected.objects.length > 0 && changed !== expected.isChanged
  return isWrong ? `the change is ${changed ? 'there' : 'not there'}` : undefined
}

/** Names of those that are not among the others. */
function without(objects: readonly KubeObject[], others: readonly KubeObject[]): string[] {
  const names = new Set(others.map(nameOf))
  return objects.map(nameOf).filter(name => !names.has(name))
}

const nameOf = ({ kind, metadata }: KubeObject) => `${kind}/${metadata.name}`
