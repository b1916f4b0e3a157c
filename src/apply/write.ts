import { FIELD_MANAGER, formatRef, refOf } from '../object/index.ts'
import type { KubeObject, ManagedFieldsEntry } from '../object/index.ts'
import { ClusterError } from '../cluster/index.ts'
import { failure } from '../problem/index.ts'
import type { Action } from '../plan/index.ts'
import type { Outcome } from './events.ts'
import { awaitGone, remove } from './remove.ts'
import type { Run } from './run.ts'

/** Writes one object as planned: one server-side apply, or delete, wait and apply where a field cannot change. */
export async function write(run: Run, action: Action): Promise<void> {
  const { type, ref, endpoint, desired } = action
  if (desired === undefined) return
  run.signal.throwIfAborted()
  run.emit({ type: 'writing', action: type, ref, endpoint })
  if (type === 'replace') await remove(run, action)
  if (action.migrate !== undefined) await migrateManagers(run, action)
  const written = await applyUntilAlive(run, action, desired)
  run.watching.note(written)
  run.emit({ type: 'written', outcome: OUTCOMES[type] ?? 'configured', ref, endpoint })
}

const OUTCOMES: Partial<Record<Action['type'], Outcome>> = {
  create: 'created',
  update: 'configured',
  adopt: 'adopted',
  replace: 'replaced',
}

/** Somebody may be deleting it just now: the server accepts an apply to a dying object without a word, and it would be lost with it. */
const MOST_TRIES = 3

async function applyUntilAlive(run: Run, action: Action, desired: KubeObject): Promise<KubeObject> {
  for (let attempt = 1; attempt <= MOST_TRIES; attempt += 1) {
    const dying = await applyOnce(run, action, desired)
    if (dying.metadata.deletionTimestamp === undefined) return dying
    run.emit({
      type: 'retrying',
      ref: action.ref,
      reason: 'it is being deleted',
      attempt,
      delaySeconds: 0,
    })
    await awaitGone(run, { ref: action.ref, endpoint: action.endpoint, live: dying })
  }
  throw failure(
    'write-failed',
    `${formatRef(action.ref)} was deleted again each time it had been created`,
    {
      object: formatRef(action.ref),
      endpoint: action.endpoint,
      remedy: 'Find out who deletes it: the audit log, or another tool that manages the same name.',
    },
  )
}

async function applyOnce(
  run: Run,
  { ref, force = false }: Action,
  desired: KubeObject,
): Promise<KubeObject> {
  try {
    return await run.cluster.apply(desired, { force })
  } catch (error) {
    if (!(error instanceof ClusterError) || error.failure.type !== 'being-deleted') throw error
    const live = await run.cluster.get(ref)
    return live ?? run.cluster.apply(desired, { force })
  }
}

/**
 * Moves the fields of earlier managers to our own entry, so that what git no longer says can also go.
 * The replacement is guarded by resourceVersion; an empty list must be written as [{}] (Flux pkg/ssa, patch.go).
 */
async function migrateManagers({ cluster }: Run, { ref, migrate = [] }: Action): Promise<void> {
  const live = await cluster.get(ref)
  if (live === undefined) return
  const managedFields = migrated(live, migrate)
  const { resourceVersion } = live.metadata
  await cluster.patch(refOf(live), {
    type: 'json',
    operations: [
      { op: 'replace', path: '/metadata/managedFields', value: managedFields },
      { op: 'replace', path: '/metadata/resourceVersion', value: resourceVersion },
    ],
  })
}

function migrated({ metadata: { managedFields = [] } }: KubeObject, managers: readonly string[]) {
  const moves = (entry: ManagedFieldsEntry) =>
    entry.manager !== undefined &&
    managers.includes(entry.manager) &&
    entry.subresource === undefined
  const kept = managedFields.filter(entry => !moves(entry))
  const first = managedFields.find(moves)
  const isOurs = kept.some(entry => entry.manager === FIELD_MANAGER && entry.operation === 'Apply')
  if (first !== undefined && !isOurs)
    kept.push({ ...first, manager: FIELD_MANAGER, operation: 'Apply' })
  return kept.length === 0 ? [{}] : kept
}
