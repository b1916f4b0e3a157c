import { ClusterError, type Cluster } from '../../cluster/index.ts'
import { SERVICE, isOf } from '../../kinds/index.ts'
import { at, equalValues, members, type KubeObject } from '../../object/index.ts'
import { conditionsOf } from '../../status/index.ts'
import type { Action } from '../action.ts'
import type { Outcome } from './decision.ts'

interface Decided {
  actions: readonly Action[]
  /** What becomes of the objects of decided actions. */
  outcomes: ReadonlyMap<Action, Outcome>
}

/**
 * Marks Services whose selector changes to one that ready pods match already: for their callers there is no gap. Pods are asked for only
 * there; where they may not be read, there may be one.
 */
export async function markSelections(
  cluster: Cluster,
  { actions, outcomes }: Decided,
): Promise<void> {
  await Promise.all(
    actions.map(async action => {
      const outcome = outcomes.get(action)
      if (!isOf(action.ref, SERVICE) || outcome === undefined) return
      const [before, after] = [selectorOf(outcome.live), selectorOf(outcome.result)]
      if (equalValues(before, after) || Object.keys(after).length === 0) return
      if (await hasReadyPods(cluster, action, after)) action.keepsPods = true
    }),
  )
}

function selectorOf(service: KubeObject): Record<string, unknown> {
  return members(at(service, 'spec', 'selector'))
}

async function hasReadyPods(
  cluster: Cluster,
  { ref: { namespace = '' } }: Action,
  selector: Record<string, unknown>,
): Promise<boolean> {
  const labelSelector = Object.entries(selector)
    .map(([label, value]) => `${label}=${String(value)}`)
    .join(',')
  try {
    const pods = { apiVersion: 'v1', kind: 'Pod', namespace, labelSelector }
    const { items } = await cluster.list(pods)
    return items.some(isReady)
  } catch (error) {
    if (error instanceof ClusterError && error.failure.type !== 'unexpected') return false
    throw error
  }
}

/** One that is ending gets no new requests. */
function isReady(pod: KubeObject): boolean {
  const isUp = conditionsOf(pod).some(({ type, status }) => type === 'Ready' && status === 'True')
  return isUp && pod.metadata.deletionTimestamp === undefined
}
