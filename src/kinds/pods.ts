import {
  at,
  entries,
  members,
  number,
  summed,
  text,
  texts,
  type JsonMap,
  type KubeObject,
} from '../object/index.ts'
import type { Labels, Type } from './kind.ts'
import { kindOf } from './table.ts'

/** Whether it runs pods until it is deleted. */
export function isWorkload(type: Type): boolean {
  return kindOf(type).pods?.isReplacedBy !== undefined
}

/** Whether it carries out the `runtime` of an endpoint. */
export function isRuntime(type: Type): boolean {
  return kindOf(type).runtime !== undefined
}

export function isKserve(type: Type): boolean {
  return kindOf(type).runtime === 'kserve'
}

/** The spec of an object's pods; undefined where it has none. */
export function podSpecOf(object: KubeObject): JsonMap | undefined {
  const { pods } = kindOf(object)
  const spec = pods && members(at(object, ...pods.spec))
  return spec === undefined || Object.keys(spec).length === 0 ? undefined : spec
}

/** Where the spec of its pods stands in an object of the kind. */
export function podSpecPath(type: Type): readonly string[] | undefined {
  return kindOf(type).pods?.spec
}

/** With a model of KServe, which is a container, too, that a serving runtime completes. */
export function wholePodOf(object: KubeObject): JsonMap | undefined {
  const pod = podSpecOf(object)
  const model = pod && members(pod['model'])
  if (pod === undefined || model === undefined || Object.keys(model).length === 0) return pod
  return { ...pod, containers: [model, ...entries(pod['containers'])] }
}

/** The containers of its pods, without those that run before. */
export function containersIn(object: KubeObject): JsonMap[] {
  return entries(at(podSpecOf(object), 'containers'))
}

/** The labels of its pods; undefined where it has none. */
export function podLabelsOf(object: KubeObject): Labels | undefined {
  const { pods } = kindOf(object)
  if (pods === undefined || podSpecOf(object) === undefined) return undefined
  const { under, over } = pods.labels?.(object) ?? { under: {}, over: {} }
  return { ...under, ...texts(at(object, ...pods.metadata, 'labels')), ...over }
}

export function podAnnotationsOf(object: KubeObject): JsonMap {
  const { pods } = kindOf(object)
  return pods === undefined ? {} : members(at(object, ...pods.metadata, 'annotations'))
}

/** The number of its replicas, or the least of it; undefined where somebody else decides. */
export function replicasOf(object: KubeObject): number | undefined {
  const { pods } = kindOf(object)
  return pods && number(at(object, ...pods.replicas))
}

/** How its pods are replaced. */
export function strategyOf(object: KubeObject): JsonMap {
  const { pods } = kindOf(object)
  return pods === undefined ? {} : members(at(object, ...pods.strategy))
}

/** Images that pods of this spec mount as volumes, by the volume's name. */
export function imageVolumesIn(podSpec: unknown): { reference: string; volume: string }[] {
  return entries(at(podSpec, 'volumes')).flatMap(volume => {
    const reference = text(at(volume, 'image', 'reference'))
    return reference === undefined ? [] : [{ reference, volume: text(volume['name']) ?? '' }]
  })
}

/**
 * What the containers of a pod need together, each by `amountsOf`: of those that run beside each other the sum, or what a container that runs
 * before the others needs, where that is more.
 */
export function podAmounts<Container extends { restartPolicy?: unknown }>(
  {
    containers = [],
    initContainers = [],
  }: Record<'containers' | 'initContainers', Container[] | undefined>,
  amountsOf: (container: Container) => [name: string, amount: number][],
): Map<string, number> {
  const isSidecar = ({ restartPolicy }: Container) => restartPolicy === 'Always'
  const sum = summed([...containers, ...initContainers.filter(isSidecar)].flatMap(amountsOf))
  for (const container of initContainers.filter(each => !isSidecar(each)))
    for (const [name, amount] of amountsOf(container))
      sum.set(name, Math.max(sum.get(name) ?? 0, amount))
  return sum
}
