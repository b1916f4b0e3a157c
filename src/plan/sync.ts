import { keyOf, refOf, type KubeObject, type ObjectRef } from '../object/index.ts'
import type { RenderedObject } from '../render/index.ts'
import { decide } from './decide/decide.ts'
import type { Decision } from './decide/decision.ts'
import type { Leftover } from './decide/leftovers.ts'
import type { LiveSet } from './observe/live.ts'
import type { FieldChange } from './action.ts'
import type { RevisionInfo } from '../project/index.ts'
import { isApply, type Revision } from './revisions.ts'
import { removals } from './decide/removals.ts'
import { continuingOf } from './decide/slots.ts'
import { desiredKeys, scopeOf, type PlanRequest, type Scope } from './scope.ts'

/** How an endpoint's objects are, compared with git. */
export interface Sync {
  /** Objects that are not as git says. */
  deviations: Deviation[]
  /** Where that could not be found out: no right to try, a webhook that is down. */
  unseen: { ref: ObjectRef; reason: string }[]
}

export interface Deviation {
  ref: ObjectRef
  /** `not in the cluster`, `differs from git`, `no longer rendered` */
  reason: string
  /** From what is live to what git says; Secret values are fingerprints. */
  changes: FieldChange[]
  /** Who holds fields that git says otherwise: an apply would refuse to take them. */
  conflicts?: string[]
}

export type SyncState = 'synced' | 'drifted' | 'differs' | 'unknown'

/** Drifted is what differs though git says what was applied last; otherwise git may be what went on. */
export function syncState(
  { deviations, unseen }: Sync,
  applied: Revision | undefined,
  inGit: Pick<RevisionInfo, 'commit' | 'dirty'> | undefined,
): SyncState {
  if (deviations.length === 0) return unseen.length === 0 ? 'synced' : 'unknown'
  if (applied !== undefined && !isApply(applied)) return 'differs'
  const isSame = applied?.commit !== undefined && applied.commit === inGit?.commit
  const isClean = applied?.dirty === false && inGit?.dirty === false
  return isSame && isClean && applied.result === 'succeeded' ? 'drifted' : 'differs'
}

/** The newest revision that an endpoint was part of. */
export function appliedTo(endpoint: string, revisions: readonly Revision[]): Revision | undefined {
  return revisions.find(({ only }) => only === undefined || only.includes(endpoint))
}

/** What was found out about an object, by its version: looking again costs nothing while it stays. */
export type KnownDecisions = Map<string, Decision>

interface SyncRequest extends Pick<PlanRequest, 'cluster' | 'set' | 'objects'> {
  live: LiveSet
  /** What runs under names of git's and is not the set's yet. */
  unapplied: ReadonlyMap<string, KubeObject>
}

/**
 * By endpoint, those that only the cluster has included. Asks nothing about objects that certainly are as they should be;
 * others are tried by a dry-run.
 */
export async function readSync(
  { live, unapplied, ...request }: SyncRequest,
  known: KnownDecisions,
): Promise<Map<string, Sync>> {
  const scope = scopeOf(request)
  const syncs = new Map<string, Sync>()
  const syncOf = (endpoint: string) => {
    const sync = syncs.get(endpoint) ?? { deviations: [], unseen: [] }
    syncs.set(endpoint, sync)
    return sync
  }
  const liveOf = ({ object }: RenderedObject) => {
    const key = keyOf(refOf(object))
    return live.unmarked.get(key) ?? live.byKey.get(key) ?? unapplied.get(key)
  }
  const decisions = await Promise.all(
    scope.desired.map(rendered => decideOnce(scope, rendered, liveOf(rendered), known)),
  )
  for (const [index, { action, problems, leftover, notStored }] of decisions.entries()) {
    const { object, endpoint } = scope.desired[index] as RenderedObject
    const sync = syncOf(endpoint.name)
    const conflicts = problems.map(({ message }) => message)
    if (action !== undefined)
      sync.deviations.push({ ...deviation(action), ...(conflicts.length > 0 && { conflicts }) })
    else if (problems[0] !== undefined)
      sync.unseen.push({ ref: refOf(object), reason: problems[0].message })
    if (notStored !== undefined)
      sync.deviations.push({ ref: refOf(object), reason: notStored.text, changes: [] })
    if (leftover !== undefined) sync.deviations.push(beside(refOf(object), leftover))
  }
  const continuing = continuingOf(scope.desired)
  const isInScope = () => true
  const gone = removals({ live, desiredKeys: desiredKeys(scope), continuing, isInScope })
  for (const action of gone.actions) syncOf(action.endpoint).deviations.push(deviation(action))
  return syncs
}

/** Not git's, and nobody's to take without being asked. */
function beside(ref: ObjectRef, { managers, changes }: Leftover): Deviation {
  return {
    ref,
    reason: `has fields that git does not have, held by ${managers.join(', ')}`,
    changes,
  }
}

function deviation({ ref, reason, changes }: Deviation): Deviation {
  return { ref, reason, changes }
}

/** What was not found out is asked again at the next look. */
async function decideOnce(
  { cluster, setId }: Scope,
  rendered: RenderedObject,
  live: KubeObject | undefined,
  known: KnownDecisions,
): Promise<Decision> {
  const version = `${keyOf(refOf(rendered.object))}@${live?.metadata.uid}/${live?.metadata.resourceVersion}`
  const earlier = known.get(version)
  if (earlier !== undefined) return earlier
  const decision = await decide({
    cluster,
    setId,
    rendered,
    live,
    tryCreations: false,
    forceConflicts: false,
    takeFields: false,
    losesAutoscaler: false,
    mayPredict: true,
  })
  if (decision.action !== undefined || decision.problems.length === 0) known.set(version, decision)
  return decision
}
