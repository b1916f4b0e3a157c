import type { Action } from '../action.ts'
import { HORIZONTAL_POD_AUTOSCALER, isOf, kindOf, replicasOf } from '../../kinds/index.ts'
import { isMap, keyOf, refOf, type KubeObject } from '../../object/index.ts'
import { earlierEntries, entriesOf, isOwn, setsOf } from '../fields/entries.ts'
import { holds } from '../fields/field-set.ts'
import type { LiveSet } from '../observe/live.ts'
import { orphans, pruneVerdict } from './prune.ts'

/**
 * Replicas that git no longer says were ours, and would fall to the API server's default of 1 if we only let go: the
 * live number, to be handed over to whoever scales from now on. Undefined where nothing is to be handed over.
 */
export function replicasToHandOver(
  desired: KubeObject,
  live: KubeObject,
  takeFields = false,
): number | undefined {
  if (!leavesReplicas(desired)) return undefined
  const own = [...entriesOf(live).filter(isOwn), ...earlierEntries(live, takeFields)]
  const isOurs = setsOf(own).some(set => holds(set, 'spec', 'replicas'))
  return isOurs ? replicasToKeep(desired, live) : undefined
}

/** What is to be handed over of what the plan wanted, by what is there at the write: nothing where somebody has scaled since. */
export function replicasStillHeld(
  { desired, replicas, changes }: Pick<Action, 'desired' | 'replicas' | 'changes'>,
  live: KubeObject,
): number | undefined {
  if (desired === undefined || replicas === undefined) return undefined
  const wasAsleep = changes.some(({ path, before }) => path === 'spec.replicas' && before === 0)
  const isToHold = wasAsleep
    ? replicasOf(live) === 0
    : replicasToHandOver(desired, live) !== undefined
  return isToHold ? Math.max(replicas, replicasOf(live) ?? 0) : undefined
}

/** The live number of replicas where git leaves it to an autoscaler: what a replacement begins with. */
export function replicasToKeep(desired: KubeObject, live: KubeObject): number | undefined {
  return leavesReplicas(desired) ? replicasOf(live) : undefined
}

function leavesReplicas(desired: KubeObject): boolean {
  return kindOf(desired).pods?.isScalable === true && replicasOf(desired) === undefined
}

/** The object with another number of replicas, as it will be once they are handed over. */
export function withReplicas(object: KubeObject, replicas: number | undefined): KubeObject {
  if (replicas === undefined || !isMap(object['spec'])) return object
  return { ...object, spec: { ...object['spec'], replicas } }
}

/** What is created: with the replicas that it begins with, and as many as what it replaces had in the end. */
export function asCreated(
  desired: KubeObject,
  replicas: number | undefined,
  before: KubeObject | undefined,
): KubeObject {
  if (replicas === undefined) return desired
  return withReplicas(desired, Math.max(replicas, (before && replicasOf(before)) ?? 0))
}

/** Keys of the objects that lose their autoscaler in this plan: their replicas are git's again. */
export function losingAutoscaler(
  live: LiveSet,
  desiredKeys: ReadonlySet<string>,
): ReadonlySet<string> {
  const leaving = orphans(live, desiredKeys).filter(
    object => kindOf(object).scales !== undefined && pruneVerdict(object).prune,
  )
  return new Set(leaving.flatMap(object => targetKey(object) ?? []))
}

function targetKey(autoscaler: KubeObject): string | undefined {
  const { namespace } = autoscaler.metadata
  const { apiVersion, kind, name } = kindOf(autoscaler).scales?.(autoscaler) ?? {}
  if (apiVersion === undefined || kind === undefined || name === undefined) return undefined
  return keyOf({ apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) })
}

interface Found {
  rendered: { object: KubeObject }
  live: KubeObject | undefined
}

/**
 * By the key of what it scales, the fewest replicas of each HorizontalPodAutoscaler that comes with this plan. Of KEDA nothing: it begins
 * at zero itself.
 */
export function leastOfNew(found: readonly Found[]): ReadonlyMap<string, number> {
  const comes = found.filter(({ rendered: { object }, live }) => {
    const isNew = live === undefined || live.metadata.deletionTimestamp !== undefined
    return isNew && isOf(object, HORIZONTAL_POD_AUTOSCALER)
  })
  return leastByTarget(comes)
}

/** By the key of what it scales, the fewest replicas that each autoscaler of the set allows. */
export function leastByTarget(found: readonly Found[]): ReadonlyMap<string, number> {
  const least = found.flatMap(({ rendered: { object } }) => {
    const key = targetKey(object)
    const { min = 1 } = kindOf(object).scales?.(object) ?? {}
    return key === undefined ? [] : [[key, min] as const]
  })
  return new Map(least)
}

/** What a new workload begins with where git leaves its replicas to an autoscaler: not with one pod, and the others when that has been seen. */
export function replicasToBegin(desired: KubeObject, least = 1): number | undefined {
  return leavesReplicas(desired) && least > 1 ? least : undefined
}

/** Whether others left it without pods, as KEDA may, and the autoscaler that comes would take that for a pause. */
export function isToWake(
  { rendered, least = 0 }: { rendered: { object: KubeObject }; least?: number | undefined },
  live: KubeObject,
): boolean {
  return least > 0 && replicasToKeep(rendered.object, live) === 0
}

/**
 * An autoscaler that leaves goes before git's number is written, or it would scale once more; and before another one comes for the
 * same workload: of two both stop, and KEDA's webhook refuses the second.
 */
export function orderForScaling(
  actions: readonly Action[],
  live: ReadonlyMap<string | undefined, KubeObject>,
): void {
  const scaled = new Set(
    actions.flatMap(({ type, ref, desired }) => {
      if (desired === undefined) return []
      if (replicasOf(desired) !== undefined) return [keyOf(ref)]
      return type === 'create' ? (targetKey(desired) ?? []) : []
    }),
  )
  for (const action of actions) {
    const object = live.get(action.uid)
    const target = object && targetKey(object)
    if (action.type === 'prune' && scaled.has(target ?? '')) action.first = true
  }
}

export function isScaledBy(lost: ReadonlySet<string>, object: KubeObject): boolean {
  return lost.has(keyOf(refOf(object)))
}
