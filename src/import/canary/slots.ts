import { DEPLOYMENT, isOf, matches, NETWORK_POLICY, selectorOf } from '../../kinds/index.ts'
import { ENDPOINT_LABEL, slotNames, type KubeObject } from '../../object/index.ts'
import type { LiveEndpoint } from '../live.ts'

/** Of the endpoint that a live workload is: its own, or the one that it takes turns under with another (`slot: b`). */
export function endpointNameOf(workload: KubeObject): string {
  const { name, labels = {} } = workload.metadata
  const endpoint = labels[ENDPOINT_LABEL] ?? name
  return isOf(workload, DEPLOYMENT) && slotNames(endpoint).includes(name) ? endpoint : name
}

/** `slot`, where it shows: the other name, or a policy that covers both while nothing else has the other one. */
export function slotOf(found: LiveEndpoint): 'a' | 'b' | undefined {
  const { workload, related, candidate } = found
  const endpoint = endpointNameOf(workload)
  if (endpoint !== workload.metadata.name) return 'b'
  const [, other] = slotNames(endpoint)
  const isCovered = related.some(object => {
    const selector = isOf(object, NETWORK_POLICY) ? selectorOf(object) : undefined
    return selector !== undefined && matches(selector, { [ENDPOINT_LABEL]: other })
  })
  return isCovered && candidate === undefined ? 'a' : undefined
}
