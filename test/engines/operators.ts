import { setTimeout } from 'node:timers/promises'
import type { ExecutionContext } from 'ava'
import type { Cluster } from '../../src/cluster/index.ts'
import type { KubeObject } from '../../src/object/index.ts'
import { acceptanceOf } from '../support/gateway.ts'
import type { Kubectl } from '../support/kubectl.ts'

const PAUSE_MS = 200

const KINDS = [
  { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', accept: acceptanceOf },
  { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', accept: readyOf('scaledobject') },
  {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    accept: readyOf('externalsecret'),
  },
]

/** Says of every route, autoscaler by queue and secret in the cluster what its controller would: that all is well. Until the test ends. */
export function playOperators(
  t: ExecutionContext,
  { cluster, kubectl }: { cluster: Cluster; kubectl: Kubectl },
): void {
  const ended = new AbortController()
  const told = new Map<string, number | undefined>()
  const tell = async (object: KubeObject, accept: Accept) => {
    const { uid = '', namespace = '', generation } = object.metadata
    if (told.get(uid) === generation) return
    await kubectl(...accept(object, namespace))
    told.set(uid, generation)
  }
  const look = async () => {
    for (const { accept, ...kind } of KINDS) {
      // oxlint-disable-next-line no-await-in-loop
      const { items } = await cluster.list(kind)
      // Some go in the meantime.
      // oxlint-disable-next-line no-await-in-loop
      await Promise.allSettled(items.map(object => tell({ ...kind, ...object }, accept)))
    }
  }
  const playing = (async () => {
    while (!ended.signal.aborted) {
      await look().catch((error: unknown) => t.log(String(error)))
      await setTimeout(PAUSE_MS)
    }
  })()
  t.teardown(async () => {
    ended.abort()
    await playing
  })
}

/** Arguments of kubectl that write it to the object's status. */
type Accept = (object: KubeObject, namespace: string) => string[]

function readyOf(resource: string): Accept {
  return (object, namespace) => {
    const ready = { type: 'Ready', status: 'True', reason: 'Played', message: '' }
    const status = resource === 'externalsecret' ? synced(object, ready) : { conditions: [ready] }
    const what = ['patch', resource, object.metadata.name, '-n', namespace]
    return [...what, '--subresource=status', '--type=merge', '-p', JSON.stringify({ status })]
  }
}

/** External Secrets dates its conditions, and says which generation it has written. */
function synced({ metadata }: KubeObject, ready: object) {
  const condition = { ...ready, lastTransitionTime: new Date().toISOString() }
  return { conditions: [condition], syncedResourceVersion: `${metadata.generation}-0` }
}
