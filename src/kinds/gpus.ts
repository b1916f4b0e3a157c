import {
  at,
  entries,
  members,
  quantityOf,
  summed,
  type JsonMap,
  type KubeObject,
} from '../object/index.ts'
import { devicesClaimed, isGpuClass } from './devices.ts'
import { containersIn, podSpecOf } from './pods.ts'

/** Whether an extended resource is a GPU, or a part of one: `nvidia.com/gpu`, `nvidia.com/mig-1g.5gb`. */
export function isGpu(resource: string): boolean {
  return resource.includes('/') && /gpu|\/mig-/.test(resource)
}

/**
 * GPUs that one of its pods asks for, with those of a container that a serving runtime completes, and those that it claims. `among` are
 * objects that may have the templates of its claims.
 */
export function gpusIn(object: KubeObject, among: readonly KubeObject[] = []): number {
  return [...gpuKindsIn(object, among).values()].reduce((sum, count) => sum + count, 0)
}

/** By extended resource or device class: `nvidia.com/mig-1g.10gb`, `gpu.nvidia.com`. */
export function gpuKindsIn(
  object: KubeObject,
  among: readonly KubeObject[] = [],
): Map<string, number> {
  const { namespace } = object.metadata
  const spec = podSpecOf(object)
  const containers = [...containersIn(object), members(at(spec, 'model'))]
  return gpuKindsOf({ spec, containers }, { namespace, among })
}

/** Whether a pod takes GPUs of its own; `pod` may be a part of a pod's spec. */
export function takesGpus(pod: unknown): boolean {
  const containers = entries(at(pod, 'containers'))
  return gpuKindsOf({ spec: pod, containers }, { namespace: undefined, among: [] }).size > 0
}

function gpuKindsOf(
  { spec, containers }: { spec: unknown; containers: readonly JsonMap[] },
  around: Parameters<typeof devicesClaimed>[1],
): Map<string, number> {
  const claimed = [...devicesClaimed(spec, around)].filter(([name]) => isGpuClass(name))
  return summed([...containers.flatMap(extendedOf), ...claimed])
}

/** Of an extended resource, request and limit are equal. */
function extendedOf(container: JsonMap): [name: string, count: number][] {
  const { requests, limits } = members(at(container, 'resources'))
  const amounts = Object.entries({ ...members(requests), ...members(limits) })
  return amounts
    .map(([name, count]): [string, number] => [name, quantityOf(count) ?? 0])
    .filter(([name, count]) => isGpu(name) && count > 0)
}
