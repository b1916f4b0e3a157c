import {
  kindOf,
  matches,
  podAmounts,
  podSelectorOf,
  replicasOf,
  wholePodOf,
  type Scale,
} from '../kinds/index.ts'
import { ENDPOINT_LABEL, quantityOf, type KubeObject } from '../object/index.ts'
import type { RenderedObject } from '../render/index.ts'

/** What a rendered workload wants of its namespace at the least. */
export interface Wanted {
  endpoint: string
  namespace: string
  pods: number
  /** Of each of its pods. */
  podSpec: PodSpec
  /** Of all its pods: `requests.cpu`, `limits.memory`, `requests.nvidia.com/gpu`. */
  resources: Map<string, number>
}

/** The rendered workloads with the pods that they start with: an autoscaler's minimum, where there is one. */
export function wantedBy(objects: readonly RenderedObject[]): Wanted[] {
  return objects.flatMap(({ object, endpoint }) => {
    const podSpec: PodSpec | undefined = wholePodOf(object)
    if (podSpec === undefined) return []
    const pods = podsOf(object, objects)
    const { namespace } = endpoint
    const resources = scaled(resourcesOf(podSpec), pods)
    return [{ endpoint: endpoint.name, namespace, pods, podSpec, resources }]
  })
}

/** Tells the pods that a set has already: by slipway's label, and those of what was adopted as it ran by its own selector. */
export function ownPodsOf(objects: readonly RenderedObject[]): (pod: KubeObject) => boolean {
  const names = new Set(objects.map(({ endpoint }) => `${endpoint.namespace}/${endpoint.name}`))
  const selected = objects.flatMap(({ object }) => {
    const selector = podSelectorOf(object)
    return selector === undefined ? [] : { selector, namespace: object.metadata.namespace }
  })
  return ({ metadata: { namespace, labels = {} } }) =>
    names.has(`${namespace}/${labels[ENDPOINT_LABEL]}`) ||
    selected.some(each => each.namespace === namespace && matches(each.selector, labels))
}

/** What a quota looks at in a pod. */
export interface PodSpec {
  containers?: Container[]
  initContainers?: Container[]
  priorityClassName?: string
  activeDeadlineSeconds?: number
  affinity?: object
}

interface Container {
  resources?: Resources
  /** `Always`: of an init container that runs on beside the others. */
  restartPolicy?: string
}

interface Resources {
  requests?: Record<string, unknown>
  limits?: Record<string, unknown>
}

function podsOf(object: KubeObject, objects: readonly RenderedObject[]): number {
  const scale = objects.map(each => scaleOf(each.object, object)).find(each => each !== undefined)
  return replicasOf(object) ?? scale?.min ?? 1
}

/** How another object scales it, if it does. */
function scaleOf(scaler: KubeObject, { kind, metadata }: KubeObject): Scale | undefined {
  const target = kindOf(scaler).scales?.(scaler)
  const isIt = target?.kind === kind && target.name === metadata.name
  return isIt && scaler.metadata.namespace === metadata.namespace ? target : undefined
}

/** As a ResourceQuota counts them; extended resources have equal requests and limits and count as requests. */
export function resourcesOf({ containers, initContainers }: PodSpec): Map<string, number> {
  return podAmounts({ containers, initContainers }, amountsOf)
}

function amountsOf({ resources = {} }: Container): [name: string, value: number][] {
  const { requests = {}, limits = {} } = resources
  const amount =
    (prefix: string) =>
    ([name, value]: [string, unknown]): [string, number] => [
      `${prefix}.${name}`,
      quantityOf(value) ?? 0,
    ]
  return [
    ...Object.entries({ ...limits, ...requests }).map(amount('requests')),
    ...Object.entries(limits).map(amount('limits')),
  ]
}

function scaled(resources: Map<string, number>, factor: number): Map<string, number> {
  return new Map([...resources].map(([name, value]) => [name, value * factor]))
}
