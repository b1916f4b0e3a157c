import { formatRef } from '../object/index.ts'
import type { KubeObject, ObjectRef } from '../object/index.ts'
import { explainDeletion } from '../status/index.ts'
import { diagnosed } from './failed.ts'
import { secondsSince } from './run.ts'
import type { Run } from './run.ts'

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
  const tell = teller(run, { ref, endpoint, live }, start)
  const resend = resender(run, { ref, endpoint, live }, start)
  const gone = await watching.until(
    () => {
      const left = remaining(run, family)
      if (left.length === 0) return true
      tell(describe(left))
      if (isLost(left, live)) resend()
      return undefined
    },
    { deadline, signal },
  )
  if (gone === undefined) throw stuck(run, { ref, endpoint, live }, secondsSince(start))
}

/** Says what holds it, each time that this is something else. */
function teller({ emit }: Run, { ref, endpoint }: Removal, start: number) {
  let said = ''
  return (holding: string) => {
    if (holding === said || Date.now() - start <= QUIET_MS) return
    said = holding
    emit({ type: 'deletion-waiting', ref, endpoint, holding, elapsedSeconds: secondsSince(start) })
  }
}

/** Deletes again, once in a while, what does not know that it is to go (R3). */
function resender(run: Run, { ref, endpoint, live }: Removal, start: number) {
  let sent = start
  return () => {
    if (Date.now() - sent <= LOST_AFTER_MS) return
    sent = Date.now()
    run.emit({ type: 'deleted-again', ref, endpoint })
    sendDelete(run, ref, live).catch(() => undefined)
  }
}

/** Foreground, so that the object outlives what it owns; by UID, so that never another one is hit. */
export async function sendDelete(
  { cluster }: Run,
  ref: ObjectRef,
  { metadata: { uid } }: KubeObject,
): Promise<void> {
  await cluster.delete(ref, { propagation: 'Foreground', ...(uid === undefined ? {} : { uid }) })
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
