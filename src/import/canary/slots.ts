import { DEPLOYMENT, isOf } from '../../kinds/index.ts'
import { ENDPOINT_LABEL, slotNames } from '../../object/index.ts'
import type { KubeObject } from '../../object/index.ts'

/** Of the endpoint that a live workload is: its own, or the one that it takes turns under with another (`slot: b`). */
export function endpointNameOf(workload: KubeObject): string {
  const { name, labels = {} } = workload.metadata
  const endpoint = labels[ENDPOINT_LABEL] ?? name
  return isOf(workload, DEPLOYMENT) && slotNames(endpoint).includes(name) ? endpoint : name
}

/** `slot`, where it is not the usual one. */
export function slotOf(workload: KubeObject): 'b' | undefined {
  return endpointNameOf(workload) === workload.metadata.name ? undefined : 'b'
}
