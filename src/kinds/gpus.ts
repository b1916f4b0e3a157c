import { at, members, quantityOf } from '../object/index.ts'
import type { JsonMap, KubeObject } from '../object/index.ts'
import { containersIn, podSpecOf } from './pods.ts'

/** Whether an extended resource is a GPU, or a part of one: `nvidia.com/gpu`, `nvidia.com/mig-1g.5gb`. */
export function isGpu(resource: string): boolean {
  return resource.includes('/') && /gpu|\/mig-/.test(resource)
}

/** GPUs that one of its pods asks for, with those of a container that a serving runtime completes. */
export function gpusIn(object: KubeObject): number {
  const counts = [...containersIn(object), members(at(podSpecOf(object), 'model'))].map(gpusOf)
  return counts.reduce((sum, count) => sum + count, 0)
}

/** Of an extended resource, request and limit are equal. */
function gpusOf(container: JsonMap): number {
  const { requests, limits } = members(at(container, 'resources'))
  const amounts = Object.entries({ ...members(requests), ...members(limits) })
  const counts = amounts.filter(([name]) => isGpu(name)).map(([, count]) => quantityOf(count) ?? 0)
  return counts.reduce((sum, count) => sum + count, 0)
}
