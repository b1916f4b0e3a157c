/** The kinds that an endpoint can become. */
export const RENDERED_KINDS: readonly string[] = [
  'Deployment',
  'InferenceService',
  'Service',
  'ServiceAccount',
  'Ingress',
  'HorizontalPodAutoscaler',
  'PodDisruptionBudget',
  'NetworkPolicy',
  'ServiceMonitor',
]
