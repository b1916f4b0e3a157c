import { defined, HANDOVER_MANAGER } from '../../object/index.ts'
import { replicasStillHeld, type Action } from '../../plan/index.ts'
import type { Run } from '../run.ts'
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
  const { apiVersion, kind, ...named } = action.ref
  const live = await cluster.get(action.ref)
  const replicas = live && replicasStillHeld(action, live)
  if (replicas === undefined) return
  // Guarded: what was scaled meanwhile is looked at again.
  const metadata = { ...named, ...defined({ resourceVersion: live?.metadata.resourceVersion }) }
  const holder = { apiVersion, kind, metadata, spec: { replicas } }
  watching.note(await cluster.apply(holder, { fieldManager: HANDOVER_MANAGER, force: true }))
}
