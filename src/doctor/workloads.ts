import { quantityOf } from '../object/index.ts'
import type { KubeObject } from '../object/index.ts'
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
    const podSpec = podSpecOf(object)
    if (podSpec === undefined) return []
    const pods = podsOf(object, objects)
    const { namespace } = endpoint
    const resources = scaled(resourcesOf(podSpec), pods)
    return [{ endpoint: endpoint.name, namespace, pods, podSpec, resources }]
  })
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

function podSpecOf({ kind, ...object }: KubeObject): PodSpec | undefined {
  const spec = object['spec'] as
    | { template?: { spec?: PodSpec }; predictor?: PodSpec & { model?: Container } }
    | undefined
  if (kind === 'Deployment') return spec?.template?.spec
  if (kind !== 'InferenceService' || spec?.predictor === undefined) return undefined
  const { model, ...pod } = spec.predictor
  return model === undefined ? pod : { ...pod, containers: [model, ...(pod.containers ?? [])] }
}

interface Scale {
  replicas?: number
  minReplicas?: number
  predictor?: { minReplicas?: number }
  scaleTargetRef?: { kind?: string; name?: string }
}

function podsOf(object: KubeObject, objects: readonly RenderedObject[]): number {
  const spec = object['spec'] as Scale
  if (object.kind === 'InferenceService') return spec.predictor?.minReplicas ?? 1
  if (spec.replicas !== undefined) return spec.replicas
  const scales = objects.map(each => each.object).filter(each => isScalerOf(each, object))
  return (scales[0]?.['spec'] as Scale | undefined)?.minReplicas ?? 1
}

function isScalerOf({ kind, metadata, ...rest }: KubeObject, target: KubeObject): boolean {
  const { scaleTargetRef } = (rest['spec'] ?? {}) as Scale
  return (
    kind === 'HorizontalPodAutoscaler' &&
    metadata.namespace === target.metadata.namespace &&
    scaleTargetRef?.kind === target.kind &&
    scaleTargetRef.name === target.metadata.name
  )
}

/**
 * As a ResourceQuota counts them; extended resources have equal requests and limits and count as requests. Containers
 * that run before the others count where one of them needs more than all of those together.
 */
export function resourcesOf({
  containers = [],
  initContainers = [],
}: PodSpec): Map<string, number> {
  const isSidecar = ({ restartPolicy }: Container) => restartPolicy === 'Always'
  const sum = new Map<string, number>()
  for (const container of [...containers, ...initContainers.filter(isSidecar)])
    for (const [name, value] of amountsOf(container)) sum.set(name, (sum.get(name) ?? 0) + value)
  for (const container of initContainers.filter(each => !isSidecar(each)))
    for (const [name, value] of amountsOf(container))
      sum.set(name, Math.max(sum.get(name) ?? 0, value))
  return sum
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
