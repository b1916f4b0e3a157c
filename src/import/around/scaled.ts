import { at } from '../../object/index.ts'
import type { JsonMap, KubeObject } from '../../object/index.ts'

/** Whether an autoscaler that is not of the endpoint has the workload for its target. */
export function isScaledByOthers(workload: KubeObject, others: readonly KubeObject[]): boolean {
  return others.some(
    other =>
      other.kind === 'HorizontalPodAutoscaler' &&
      other.metadata.namespace === workload.metadata.namespace &&
      at(other, 'spec', 'scaleTargetRef', 'kind') === workload.kind &&
      at(other, 'spec', 'scaleTargetRef', 'name') === workload.metadata.name,
  )
}

export function withoutReplicas(workload: KubeObject): KubeObject {
  const { replicas: _replicas, ...spec } = Object(workload['spec']) as JsonMap
  return { ...workload, spec }
}
