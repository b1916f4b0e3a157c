import { failureType } from '../../cluster/index.ts'
import { APPLYSET, type KubeObject } from '../../object/index.ts'
import type { Action } from '../../plan/index.ts'
import { awaitGone, sendDelete } from './await-gone.ts'
import { followChildren } from './children.ts'
import { secondsSince, type Run } from '../run.ts'

/** Deletes one object and waits until it and everything that it owned are gone; gives it as it was, unless it was gone before. */
export async function remove(run: Run, action: Action): Promise<KubeObject | undefined> {
  const { ref, endpoint, reason, type } = action
  run.signal.throwIfAborted()
  const start = performance.now()
  run.emit({ type: 'deleting', ref, endpoint, reason })
  const live = await locate(run, action)
  if (live !== undefined) {
    await followChildren(run, live)
    const removal = { ref, endpoint, live, isReplaced: type !== 'prune' }
    if (live.metadata.deletionTimestamp === undefined) await sendDelete(run, removal)
    if (!run.options.wait && type === 'prune') return live
    await awaitGone(run, removal)
  }
  run.emit({ type: 'deleted', ref, endpoint, elapsedSeconds: secondsSince(start) })
  return live
}

/**
 * The live object of the action's UID, by the set's watch, or by name for one that is not of the set. That it is gone is
 * believed of a watch only when the object itself cannot be read, either: who may not watch sees nothing.
 */
async function locate(run: Run, { ref, uid }: Action): Promise<KubeObject | undefined> {
  const { watching, plan, cluster } = run
  const { apiVersion, kind, name } = ref
  const query = {
    apiVersion,
    kind,
    ...(ref.namespace === undefined ? {} : { namespace: ref.namespace }),
  }
  await watching.follow({ ...query, labelSelector: `${APPLYSET.partOf}=${plan.setId}` })
  const member = watching.find(uid)
  if (member !== undefined) return member
  await watching.follow({ ...query, fieldSelector: `metadata.name=${name}` })
  const watched = watching.find(uid)
  if (watched !== undefined) return watched
  const refusal = watching.refusal(kind)
  const live = await cluster.get(ref).catch((error: unknown) => {
    // A kind that is only deleted may be listed and watched, and not read one by one: then the watches count.
    if (refusal === undefined && failureType(error) === 'forbidden') return undefined
    throw error
  })
  if (live === undefined || live.metadata.uid !== uid) return undefined
  if (refusal !== undefined) throw refusal
  watching.note(live)
  return live
}
