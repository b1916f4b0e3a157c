import { APPLYSET, formatRef } from '../object/index.ts'
import type { KubeObject, ObjectRef } from '../object/index.ts'
import type { Action } from '../plan/index.ts'
import { explainDeletion } from '../status/index.ts'
import { followChildren } from './children.ts'
import { diagnosed } from './failed.ts'
import { secondsSince } from './run.ts'
import type { Run } from './run.ts'

/** Deletes one object and waits until it and everything that it owned are gone. */
export async function remove(run: Run, action: Action): Promise<void> {
  const { ref, endpoint, reason, type } = action
  run.signal.throwIfAborted()
  const start = Date.now()
  run.emit({ type: 'deleting', ref, endpoint, reason })
  const live = await locate(run, action)
  if (live !== undefined) {
    await followChildren(run, live)
    if (live.metadata.deletionTimestamp === undefined) await sendDelete(run, ref, live)
    if (!run.options.wait && type === 'prune') return
    await awaitGone(run, { ref, endpoint, live })
  }
  run.emit({ type: 'deleted', ref, endpoint, elapsedSeconds: secondsSince(start) })
}

/** The live object of the action's UID, by the set's watch, or by name for one that is not of the set. */
async function locate(
  { watching, plan }: Run,
  { ref, uid }: Action,
): Promise<KubeObject | undefined> {
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
  return watching.find(uid)
}

/** Foreground, so that the object outlives what it owns; by UID, so that never another one is hit. */
async function sendDelete(
  { cluster }: Run,
  ref: ObjectRef,
  { metadata: { uid } }: KubeObject,
): Promise<void> {
  await cluster.delete(ref, { propagation: 'Foreground', ...(uid === undefined ? {} : { uid }) })
}

interface Removal {
  ref: ObjectRef
  endpoint: string
  live: KubeObject
}

/** A delete that has left no trace after this long was lost (R3). */
const LOST_AFTER_MS = 5000

/** What is gone this soon needs no word. */
const QUIET_MS = 1500

/** Waits until the object of that UID is gone, and all that it owned at any time while we looked. */
export async function awaitGone(run: Run, { ref, endpoint, live }: Removal): Promise<void> {
  const { watching, options, signal } = run
  const start = Date.now()
  const deadline = start + (options.deleteTimeoutSeconds + graceSeconds(live)) * 1000
  const family = new Set([live.metadata.uid ?? ''])
  let sent = start
  let said = ''
  const gone = await watching.until(
    () => {
      const left = remaining(run, family)
      if (left.length === 0) return true
      const holding = describe(left)
      if (holding !== said && Date.now() - start > QUIET_MS) {
        said = holding
        run.emit({
          type: 'deletion-waiting',
          ref,
          endpoint,
          holding,
          elapsedSeconds: secondsSince(start),
        })
      }
      if (isLost(left, live) && Date.now() - sent > LOST_AFTER_MS) {
        sent = Date.now()
        run.emit({ type: 'deleted-again', ref, endpoint })
        sendDelete(run, ref, live).catch(() => undefined)
      }
      return undefined
    },
    { deadline, signal },
  )
  if (gone === undefined) throw stuck(run, { ref, endpoint, live }, secondsSince(start))
}

/** The family grows as members are seen, so that a pod is still waited for when its ReplicaSet has gone before it. */
function remaining({ watching }: Run, family: Set<string>): KubeObject[] {
  const view = watching.view()
  for (const uid of family)
    for (const child of view.ownedBy(uid)) family.add(child.metadata.uid ?? '')
  return [...family].flatMap(uid => watching.find(uid) ?? [])
}

function isLost(left: KubeObject[], { metadata: { uid } }: KubeObject): boolean {
  return left.some(
    ({ metadata }) => metadata.uid === uid && metadata.deletionTimestamp === undefined,
  )
}

function describe(left: KubeObject[]): string {
  const pods = left.filter(({ kind }) => kind === 'Pod')
  const others = left.filter(({ kind }) => kind !== 'Pod').map(named)
  if (pods.length === 0) return others.join(', ')
  const [first] = pods
  return pods.length === 1 && first !== undefined ? named(first) : `${pods.length} pods`
}

function named(object: KubeObject): string {
  const { deletionTimestamp, finalizers = [] } = object.metadata
  const name = `${object.kind}/${object.metadata.name}`
  if (deletionTimestamp === undefined || finalizers.length === 0) return name
  return `${name} (finalizers: ${finalizers.join(', ')})`
}

function stuck(run: Run, { ref, endpoint, live }: Removal, elapsed: number) {
  const object = run.watching.find(live.metadata.uid) ?? live
  const diagnosis = explainDeletion({
    object,
    related: run.watching.view(),
    now: run.cluster.serverTime().toISOString(),
  })
  const message = `${formatRef(ref)} and what it owns are not gone after ${Math.round(elapsed)} s`
  return diagnosed({ code: 'not-deleted', message, object: formatRef(ref), endpoint }, diagnosis)
}

/** The longest grace period that the pods of a workload were given. */
function graceSeconds(live: KubeObject): number {
  const spec = live['spec'] as { template?: { spec?: PodGrace }; predictor?: PodGrace } | undefined
  return (
    spec?.template?.spec?.terminationGracePeriodSeconds ??
    spec?.predictor?.terminationGracePeriodSeconds ??
    0
  )
}

interface PodGrace {
  terminationGracePeriodSeconds?: number
}
