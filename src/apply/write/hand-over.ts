import { HANDOVER_MANAGER } from '../../object/index.ts'
import type { Action } from '../../plan/index.ts'
import type { Run } from '../run.ts'

/**
 * Keeps the live number of replicas when git leaves it to an autoscaler: a manager of its own holds it until somebody
 * scales. Without a holder the API server would fall back to one replica.
 */
export async function handOverReplicas(
  { cluster, watching }: Run,
  { ref, replicas }: Action,
): Promise<void> {
  if (replicas === undefined) return
  const { apiVersion, kind, ...metadata } = ref
  const holder = { apiVersion, kind, metadata, spec: { replicas } }
  watching.note(await cluster.apply(holder, { fieldManager: HANDOVER_MANAGER, force: true }))
}
