import { failureType } from '../../cluster/index.ts'
import { formatRef, type KubeObject } from '../../object/index.ts'
import { failure } from '../../problem/index.ts'
import { asCreated, manifestOf, type Action } from '../../plan/index.ts'
import { awaitGone } from '../delete/await-gone.ts'
import type { Outcome } from '../events.ts'
import { notReplaced } from '../failed.ts'
import { checkAnswer } from './answered.ts'
import { applyGuarded } from './guarded.ts'
import { handOverReplicas } from './hand-over-replicas.ts'
import { migrateManagers } from './migrate.ts'
import { remove } from '../delete/remove.ts'
import { restore } from './restore.ts'
import type { Run } from '../run.ts'
import { onceReleased } from './once-released.ts'

/** Writes one object as planned: one server-side apply, or delete, wait and apply where a field cannot change. */
export async function write(run: Run, action: Action): Promise<void> {
  const { type, ref, endpoint, replicas } = action
  if (action.desired === undefined) return
  run.signal.throwIfAborted()
  run.emit({ type: 'writing', action: type, ref, endpoint })
  const before = type === 'replace' ? await remove(run, action) : undefined
  if (action.migrate !== undefined) await migrateManagers(run, action)
  const isNew = type === 'create' || type === 'replace'
  const desired = isNew ? asCreated(action.desired, replicas, before) : action.desired
  if (!isNew) await handOverReplicas(run, action)
  const written = await createdOrKept(run, action, { desired, before })
  await checkAnswer(run, action, { desired, written })
  // Nobody looks at it otherwise.
  if (run.options.wait) run.watching.note(written)
  run.emit({ type: 'written', outcome: OUTCOMES[type] ?? 'configured', ref, endpoint })
}

interface Replacing {
  desired: KubeObject
  /** What was deleted for it. */
  before: KubeObject | undefined
}

/** What was deleted for its replacement must not be lost with a creation that fails. */
async function createdOrKept(
  run: Run,
  action: Action,
  { desired, before }: Replacing,
): Promise<KubeObject> {
  try {
    return await applyUntilAlive(run, action, desired)
  } catch (error) {
    if (action.type !== 'replace' || run.signal.aborted) throw error
    const manifest = before === undefined ? action.previous : manifestOf(before)
    throw notReplaced(action, error, await restore(run, action.endpoint, manifest))
  }
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
    const dying = await onceReleased(run, action, () => applyOnce(run, action, desired))
    if (dying.metadata.deletionTimestamp === undefined) return dying
    run.emit({
      type: 'retrying',
      ref: action.ref,
      reason: 'it is being deleted',
      attempt,
      delaySeconds: 0,
    })
    await awaitGone(run, {
      ref: action.ref,
      endpoint: action.endpoint,
      live: dying,
      isReplaced: true,
    })
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

async function applyOnce(run: Run, action: Action, desired: KubeObject): Promise<KubeObject> {
  const { ref, force = false } = action
  try {
    return await applyGuarded(run, action, desired)
  } catch (error) {
    if (failureType(error) !== 'being-deleted') throw error
    const live = await run.cluster.get(ref)
    return live ?? run.cluster.apply(desired, { force })
  }
}
