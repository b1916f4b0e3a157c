import { entries, isMap, members } from '../../object/index.ts'
import type { KubeObject } from '../../object/index.ts'
import type { Action } from '../action.ts'

/** Prunes that free GPUs go first when something new needs GPUs: it might not find any before. */
export function orderForGpus(
  actions: Action[],
  live: ReadonlyMap<string | undefined, KubeObject>,
): void {
  const needed = actions.some(
    action => action.type === 'create' && action.desired !== undefined && asksGpus(action.desired),
  )
  if (!needed) return
  for (const action of actions) {
    const object = live.get(action.uid)
    if (action.type === 'prune' && object !== undefined && asksGpus(object)) action.first = true
  }
}

/** Whether any container of the workload's pods asks for an extended resource that is a GPU. */
export function asksGpus(object: KubeObject): boolean {
  return podSpecs(object).some(pod => {
    // A model of KServe is a container, too, which a serving runtime completes.
    const containers = [...entries(pod['containers']), members(pod['model'])]
    return containers.some(container => limitsGpus(container['resources']))
  })
}

function limitsGpus(resources: unknown): boolean {
  const limits = isMap(resources) ? resources['limits'] : undefined
  return (
    isMap(limits) && Object.keys(limits).some(name => name.includes('/') && name.includes('gpu'))
  )
}

/** The pod spec of a Deployment's template, and an InferenceService's predictor, which is one. */
function podSpecs({ spec }: KubeObject): Record<string, unknown>[] {
  if (!isMap(spec)) return []
  const template = isMap(spec['template']) ? spec['template']['spec'] : undefined
  return [template, spec['predictor']].filter(isMap)
}
