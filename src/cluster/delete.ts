import type { ObjectRef } from '../object/index.ts'
import { deletionReader } from './answer/object.ts'
import type { DeleteOptions } from './cluster.ts'
import { ClusterError, failureType } from './failure/failure.ts'
import { objectPath } from './resource.ts'
import { sendObject, type Session } from './session.ts'

/** `absent`: there is no such object, or the one there has another UID. */
export async function deleteObject(
  session: Session,
  ref: ObjectRef,
  options: DeleteOptions,
): Promise<'accepted' | 'absent'> {
  const kind = await session.discovery.kind(ref, session.signal)
  if (kind === undefined) return 'absent'
  const { uid } = options
  try {
    await sendObject(
      session,
      {
        verb: 'delete',
        method: 'DELETE',
        path: objectPath(kind, ref),
        body: deleteBody(options),
        ref,
        idempotent: uid !== undefined,
      },
      deletionReader(kind, ref, uid),
    )
    return 'accepted'
  } catch (error) {
    const type = failureType(error)
    if (type === 'not-found' || (type === 'stale' && speaksOfUid(error))) return 'absent'
    if (type === 'being-deleted') return 'accepted'
    throw error
  }
}

function deleteBody({
  propagation,
  uid,
  resourceVersion,
  gracePeriodSeconds,
  dryRun,
}: DeleteOptions) {
  const preconditions = { uid, resourceVersion }
  return {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    propagationPolicy: propagation,
    gracePeriodSeconds,
    ...((uid ?? resourceVersion) !== undefined && { preconditions }),
    ...(dryRun === true && { dryRun: ['All'] }),
  }
}

/** Two texts for one thing: from the registry and, in a race, from the storage layer. */
const speaksOfUid = (error: unknown) =>
  error instanceof ClusterError && /UID in (the )?precondition/.test(error.failure.message)
