import { gpusIn } from '../../kinds/index.ts'
import type { KubeObject } from '../../object/index.ts'
import type { Action } from '../action.ts'
import { hasTwin, type Continuing } from './slots.ts'

/** Prunes that free GPUs go first when something new needs GPUs: it might not find any before. */
export function orderForGpus(
  actions: Action[],
  live: ReadonlyMap<string | undefined, KubeObject>,
  continuing: Continuing,
): void {
  const needed = actions.some(
    action => action.type === 'create' && action.desired !== undefined && asksGpus(action.desired),
  )
  if (!needed) return
  for (const action of actions) {
    const object = live.get(action.uid)
    if (action.type !== 'prune' || object === undefined || !asksGpus(object)) continue
    // What serves goes when others do.
    if (!hasTwin(object, action.endpoint, continuing)) action.first = true
  }
}

/** Whether any container of the workload's pods asks for an extended resource that is a GPU. */
export function asksGpus(object: KubeObject): boolean {
  return gpusIn(object) > 0
}
