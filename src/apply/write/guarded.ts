import { failureType } from '../../cluster/index.ts'
import type { KubeObject } from '../../object/index.ts'
import type { Action } from '../../plan/index.ts'
import type { Run } from '../run.ts'

/**
 * Server-side apply to the version that the plan has seen: a write that was under way when the lock changed hands, and arrives
 * after the next holder has written, finds another version and is refused. For who still holds the lock that is no reason to
 * stop: a controller's status makes a version, too. It is written again, behind the fence, to what is there.
 */
export async function applyGuarded(
  { cluster }: Run,
  { force = false, migrate, replicas, version }: Action,
  desired: KubeObject,
): Promise<KubeObject> {
  // These have just written to it themselves.
  const isSeen = migrate === undefined && replicas === undefined
  if (!isSeen || version === undefined) return cluster.apply(desired, { force })
  try {
    return await cluster.apply(ofVersion(desired, version), { force })
  } catch (error) {
    if (failureType(error) !== 'stale') throw error
    return cluster.apply(desired, { force })
  }
}

/** To be written only to the object as it was read. */
export function ofVersion(object: KubeObject, resourceVersion: string): KubeObject {
  return { ...object, metadata: { ...object.metadata, resourceVersion } }
}
