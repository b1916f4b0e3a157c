/** Names of an endpoint's objects; the workload (Deployment or InferenceService) has the endpoint's own. */
export interface ObjectNames {
  workload: string
  service: string
  autoscaler: string
  ingress: string
  disruptionBudget: string
  serviceAccount: string
  serviceMonitor: string
  networkPolicy: string
}

export function namesOf(endpoint: string): ObjectNames {
  return {
    workload: endpoint,
    service: `${endpoint}-svc`,
    autoscaler: `${endpoint}-hpa`,
    ingress: `${endpoint}-ingress`,
    disruptionBudget: `${endpoint}-pdb`,
    serviceAccount: `${endpoint}-sa`,
    serviceMonitor: `${endpoint}-metrics`,
    networkPolicy: `${endpoint}-net`,
  }
}
