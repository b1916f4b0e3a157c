import { HANDOVER_MANAGER } from '../../object/index.ts'
import { replicasStillHeld, type Action } from '../../plan/index.ts'
import type { Run } from '../run.ts'
import { ofVersion } from './guarded.ts'
import { whileStale } from './while-stale.ts'

/**
 * Keeps the live number of replicas when git leaves it to an autoscaler: a manager of its own holds it until somebody scales. Without a
 * holder the API server would fall back to one replica. Who has scaled since the plan was made holds it already.
 */
export async function handOverReplicas(run: Run, action: Action): Promise<void> {
  if (action.replicas === undefined) return
  await whileStale(() => handOverOnce(run, action))
}

async function handOverOnce({ cluster, watching }: Run, action: Action): Promise<void> {
  const live = await cluster.get(action.ref)
  if (live === undefined) return
  const replicas = replicasStillHeld(action, live)
  if (replicas === undefined) return
  const { resourceVersion = '' } = live.metadata
  const { apiVersion, kind, ...metadata } = action.ref
  const holder = { apiVersion, kind, metadata, spec: { replicas } }
  // What was scaled meanwhile is looked at again.
  const guarded = ofVersion(holder, resourceVersion)
  watching.note(await cluster.apply(guarded, { fieldManager: HANDOVER_MANAGER, force: true }))
}
