/**
 * Waves in which kinds are applied; deletions go through them backwards.
 * Unknown kinds (a user's own CRD through a patch) are treated like configuration.
 */
export const WAVES = ['namespace', 'configuration', 'workload', 'service', 'traffic'] as const
export type Wave = (typeof WAVES)[number]

const WAVE_OF: Record<string, Wave> = {
  Namespace: 'namespace',
  Deployment: 'workload',
  StatefulSet: 'workload',
  InferenceService: 'workload',
  Service: 'service',
  HorizontalPodAutoscaler: 'traffic',
  PodDisruptionBudget: 'traffic',
  Ingress: 'traffic',
  ServiceMonitor: 'traffic',
}

export function waveOf(kind: string): Wave {
  return WAVE_OF[kind] ?? 'configuration'
}

export function waveRank(kind: string): number {
  return WAVES.indexOf(waveOf(kind))
}

/** Byte order, not the locale's: output must not depend on the machine. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
