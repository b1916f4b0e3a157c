import {
  isOf,
  isRuntime,
  kindOf,
  matches,
  NETWORK_POLICY,
  podLabelsOf,
  replicasOf,
  selectorOf,
  SERVICE,
} from '../../kinds/index.ts'
import { isTracked, keyOf, refOf, type KubeObject } from '../../object/index.ts'
import type { RenderedObject } from '../../render/index.ts'
import type { Action } from '../action.ts'
import type { LiveSet } from '../observe/live.ts'
import { endpointOf, orphans } from './prune.ts'

/** What an endpoint that goes on is made of, by its name. */
export type Continuing = ReadonlyMap<string, readonly KubeObject[]>

export function continuingOf(desired: readonly RenderedObject[]): Continuing {
  const byName = Map.groupBy(desired, ({ endpoint }) => endpoint.name)
  return new Map([...byName].map(([name, group]) => [name, group.map(({ object }) => object)]))
}

/** Whether another set of pods of the same kind stays: what goes is no other runtime, but one of two that take turns. */
export function hasTwin(object: KubeObject, endpoint: string, continuing: Continuing): boolean {
  return (continuing.get(endpoint) ?? []).some(other => isOf(other, object))
}

/**
 * An endpoint with a candidate, or with other pods than served until now: what leads requests, autoscalers and disruption budgets to
 * pods waits until all pods are ready and have answered; and what goes does so only when gateways have had time to follow. Requests go
 * back to pods that served all the time without waiting for anything.
 */
export function orderForSlots(
  actions: readonly Action[],
  live: ReadonlyMap<string | undefined, KubeObject>,
  continuing: Continuing,
): void {
  for (const [endpoint, group] of Map.groupBy(actions, action => action.endpoint)) {
    const desired = continuing.get(endpoint) ?? []
    const goes = group.filter(action => isTwinGoing(action, live, continuing))
    const hasCandidate = desired.some(object => isTracked(object))
    if (!hasCandidate && goes.length === 0) continue
    const isShift = hasCandidate || goes.some(({ uid }) => !isTracked(live.get(uid)))
    const leaving = goes.flatMap(({ uid }) => live.get(uid) ?? [])
    for (const action of group) {
      if (isUncovering(action, leaving)) action.last = true
      if (isShift && isOfTraffic(action)) action.held = true
      if (action.type === 'prune' && (goes.includes(action) || isTracked(live.get(action.uid))))
        action.settles = true
    }
  }
}

function isTwinGoing(
  { type, uid, endpoint }: Action,
  live: ReadonlyMap<string | undefined, KubeObject>,
  continuing: Continuing,
): boolean {
  const object = live.get(uid)
  const isGoing = type === 'prune' && object !== undefined && isRuntime(object)
  return isGoing && hasTwin(object, endpoint, continuing)
}

/** A policy guards pods from their first to their last second. */
function isUncovering({ desired, type }: Action, leaving: readonly KubeObject[]): boolean {
  if (desired === undefined || type !== 'update' || !isOf(desired, NETWORK_POLICY)) return false
  const selector = selectorOf(desired)
  return leaving.some(object => {
    const labels = podLabelsOf(object)
    return selector !== undefined && labels !== undefined && !matches(selector, labels)
  })
}

function isOfTraffic({ desired, type }: Action): boolean {
  if (desired === undefined || isTracked(desired) || isOf(desired, NETWORK_POLICY)) return false
  const { selects, scales, route } = kindOf(desired)
  if (isOf(desired, SERVICE)) return type !== 'create'
  return selects !== undefined || scales !== undefined || route !== undefined
}

/**
 * By the key of a workload that takes over with an autoscaler, how many replicas it is to have: as many as serve now. Its own were the
 * few of a candidate, and its autoscaler sees it only when the requests come.
 */
export function takingOver(
  live: LiveSet,
  desired: readonly RenderedObject[],
  desiredKeys: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  if (!live.objects.some(object => isTracked(object))) return new Map()
  const leaving = orphans(live, desiredKeys).filter(object => isRuntime(object))
  const found = desired.flatMap(({ object, endpoint }) => {
    const before = live.byKey.get(keyOf(refOf(object)))
    if (!isTracked(before) || isTracked(object)) return []
    const served = leaving.filter(each => isOf(each, object) && endpointOf(each) === endpoint.name)
    return served.map(each => [keyOf(refOf(object)), replicasOf(each) ?? 1] as const)
  })
  return new Map(found)
}
