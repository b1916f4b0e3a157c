import { canaryServiceName } from '../src/object/index.ts'
import { workloadName, type Endpoint } from '../src/spec/index.ts'

/** Names of an endpoint's objects; the workload (Deployment or InferenceService) has the endpoint's own, or the other one that it takes turns with. */
export interface ObjectNames {
  workload: string
  service: string
  /** Of a candidate. */
  canaryService: string
  autoscaler: string
  /** KEDA's own autoscaler is keda-hpa- and this name. */
  scaledObject: string
  ingress: string
  route: string
  disruptionBudget: string
  serviceAccount: string
  serviceMonitor: string
  networkPolicy: string
}

export function namesOf(endpoint: Endpoint): ObjectNames {
  const { name, spec } = endpoint
  const { service, scaling, ingress, route, disruptionBudget, networkPolicy } = spec
  return {
    workload: workloadName(endpoint),
    service: given(service) ?? `${name}-svc`,
    canaryService: canaryServiceName(name),
    autoscaler: given(scaling) ?? `${name}-hpa`,
    scaledObject: given(scaling) ?? `${name}-scaler`,
    ingress: given(ingress) ?? `${name}-ingress`,
    route: given(route) ?? `${name}-route`,
    disruptionBudget: given(disruptionBudget) ?? `${name}-pdb`,
    serviceAccount: `${name}-sa`,
    serviceMonitor: `${name}-metrics`,
    networkPolicy: given(networkPolicy) ?? `${name}-net`,
  }
}

/** What ran before it came into git keeps its name. */
function given(settings: { name?: string | undefined } | false | undefined): string | undefined {
  return settings === false ? undefined : settings?.name
}
