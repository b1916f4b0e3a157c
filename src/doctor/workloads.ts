import { quantityOf } from '../object/index.ts'
import type { KubeObject } from '../object/index.ts'
import type { RenderedObject } from '../render/index.ts'

/** What a rendered workload wants of its namespace at the least. */
export interface Wanted {
  endpoint: string
  namespace: string
  pods: number
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
    return [{ endpoint: endpoint.name, namespace, pods, resources }]
  })
}

interface PodSpec {
  containers?: { resources?: Resources }[]
}

interface Resources {
  requests?: Record<string, unknown>
  limits?: Record<string, unknown>
}

function podSpecOf({ kind, ...object }: KubeObject): PodSpec | undefined {
  const spec = object['spec'] as { template?: { spec?: PodSpec }; predictor?: PodSpec } | undefined
  if (kind === 'Deployment') return spec?.template?.spec
  return kind === 'InferenceService' ? spec?.predictor : undefined
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

/** As a ResourceQuota counts them; extended resources have equal requests and limits and count as requests. */
export function resourcesOf({ containers = [] }: PodSpec): Map<string, number> {
  const sum = new Map<string, number>()
  const add = (name: string, value: unknown) =>
    sum.set(name, (sum.get(name) ?? 0) + (quantityOf(value) ?? 0))
  for (const { resources = {} } of containers) {
    const { requests = {}, limits = {} } = resources
    for (const [name, value] of Object.entries({ ...limits, ...requests }))
      add(`requests.${name}`, value)
    for (const [name, value] of Object.entries(limits)) add(`limits.${name}`, value)
  }
  return sum
}

function scaled(resources: Map<string, number>, factor: number): Map<string, number> {
  return new Map([...resources].map(([name, value]) => [name, value * factor]))
}
