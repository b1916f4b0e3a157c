import { kindOf } from '../../kinds/index.ts'
import type { JsonMap, KubeObject } from '../../object/index.ts'

/** Whether an autoscaler among them, KEDA's too, has the workload for its target: the endpoint's own, or somebody else's. */
export function isScaled(workload: KubeObject, among: readonly KubeObject[]): boolean {
  return among.some(other => isScaling(other, workload))
}

export function isScaling(object: KubeObject, workload: KubeObject): boolean {
  const target = kindOf(object).scales?.(object)
  return (
    target?.kind === workload.kind &&
    target.name === workload.metadata.name &&
    object.metadata.namespace === workload.metadata.namespace
  )
}

export function withoutReplicas(workload: KubeObject): KubeObject {
  const { replicas: _replicas, ...spec } = Object(workload['spec']) as JsonMap
  return { ...workload, spec }
}
