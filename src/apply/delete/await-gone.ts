import { at, number, formatRef, type KubeObject } from '../../object/index.ts'
import { explainDeletion } from '../../status/index.ts'
import { diagnosed } from '../failed.ts'
import { forcer } from './force.ts'
import { onChange } from '../watch/on-change.ts'
import { propagationOf } from './propagation.ts'
import type { Removal } from './removal.ts'
import { secondsSince, type Run } from '../run.ts'
import { isOf, POD } from '../../kinds/index.ts'

/** A delete that has left no trace after this long was lost (R3). */
const LOST_AFTER_MS = 5000

/** What is gone this soon needs no word. */
const QUIET_MS = 1500

/**
 * Waits until the object of that UID is gone, and all that it owned at any time while we looked. What is still there
 * after the time for it is overridden where that was asked for (D2, D8), each object once, and waited for anew.
 */
export async function awaitGone(run: Run, removal: Removal): Promise<void> {
  const start = performance.now()
  const family = new Set([removal.live.metadata.uid ?? ''])
  const wait = waiter(run, removal, { start, family })
  const force = forcer(run, removal, family)
  for (let left = await wait(); left.length > 0; left = await wait()) {
    const { isAnythingDone, prevented } = await force(left)
    if (!isAnythingDone) throw stuck(run, removal, { start, prevented })
  }
}

interface Waiting {
  start: number
  family: Set<string>
}

/** Waits for as long as a deletion may take; gives what is left then. */
function waiter(run: Run, removal: Removal, { start, family }: Waiting) {
  const { watching, options, signal } = run
  const tell = teller(run, removal, start)
  const resend = resender(run, removal, start)
  const look = () => {
    const left = remaining(run, family)
    if (left.length === 0) return left
    tell(heldBy(left))
    if (isLost(left, removal.live)) resend()
    return undefined
  }
  return async (): Promise<KubeObject[]> => {
    const seconds = options.deleteTimeoutSeconds + graceSeconds(removal.live)
    const deadline = performance.now() + seconds * 1000
    const gone = await watching.until(look, { deadline, signal, uid: removal.live.metadata.uid })
    return gone ?? remaining(run, family)
  }
}

/** Says what holds it, each time that this is something else. */
function teller({ emit }: Run, { ref, endpoint }: Removal, start: number) {
  const tell = onChange(holding => {
    emit({ type: 'deletion-waiting', ref, endpoint, holding, elapsedSeconds: secondsSince(start) })
  })
  return (holding: string) => {
    if (performance.now() - start > QUIET_MS) tell(holding)
  }
}

/** Deletes again, once in a while, what does not know that it is to go (R3). */
function resender(run: Run, removal: Removal, start: number) {
  const { ref, endpoint } = removal
  let sent = start
  return () => {
    if (performance.now() - sent <= LOST_AFTER_MS) return
    sent = performance.now()
    run.emit({ type: 'deleted-again', ref, endpoint })
    sendDelete(run, removal).catch(() => undefined)
  }
}

/** By UID, so that never another one is hit. */
export async function sendDelete({ cluster }: Run, removal: Removal): Promise<void> {
  const { uid } = removal.live.metadata
  const propagation = propagationOf(removal)
  await cluster.delete(removal.ref, { propagation, ...(uid === undefined ? {} : { uid }) })
}

/** The family grows as members are seen, so that a pod is still waited for when its ReplicaSet has gone before it. */
function remaining({ watching }: Run, family: Set<string>): KubeObject[] {
  const view = watching.view
  for (const uid of family)
    for (const child of view.ownedBy(uid)) family.add(child.metadata.uid ?? '')
  return [...family].flatMap(uid => watching.find(uid) ?? [])
}

function isLost(left: KubeObject[], { metadata: { uid } }: KubeObject): boolean {
  return left.some(
    ({ metadata }) => metadata.uid === uid && metadata.deletionTimestamp === undefined,
  )
}

interface Stuck {
  start: number
  /** Why what was asked for by force could not be done, either. */
  prevented: string | undefined
}

function stuck(run: Run, { ref, endpoint, live }: Removal, { start, prevented }: Stuck) {
  const object = run.watching.find(live.metadata.uid) ?? live
  const diagnosis = explainDeletion({
    object,
    related: run.watching.view,
    now: run.cluster.serverTime().toISOString(),
  })
  const elapsed = Math.round(secondsSince(start))
  const force = prevented === undefined ? '' : `, and force did not help: ${prevented}`
  const message = `${formatRef(ref)} and what it owns are not gone after ${elapsed} s${force}`
  return diagnosed({ code: 'not-deleted', message, object: formatRef(ref), endpoint }, diagnosis)
}

/** The longest grace period that the pods of a workload were given. */
function graceSeconds(live: KubeObject): number {
  const field = 'terminationGracePeriodSeconds'
  const [own, predictor] = [
    at(live, 'spec', 'template', 'spec', field),
    at(live, 'spec', 'predictor', field),
  ]
  return number(own) ?? number(predictor) ?? 0
}

/** What a deletion waits for, as a clause: `Deployment/chat (finalizers: example.com/hold)`, `3 pods`. */
function heldBy(left: readonly KubeObject[]): string {
  const pods = left.filter(object => isOf(object, POD))
  const others = left.filter(object => !isOf(object, POD)).map(named)
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
