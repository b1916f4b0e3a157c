import type { Endpoint } from '../src/spec/index.ts'

/** KServe's own names. */
export const KSERVE = {
  apiVersion: 'serving.kserve.io/v1beta1',
  kind: 'InferenceService',
  container: 'kserve-container',
  deploymentMode: 'serving.kserve.io/deploymentMode',
  autoscalerClass: 'serving.kserve.io/autoscalerClass',
  podLabel: 'serving.kserve.io/inferenceservice',
  /** KServe's Deployments have this progressDeadlineSeconds; an InferenceService cannot set it. */
  progressDeadlineSeconds: 600,
} as const

/** The Deployment, Service and HPA that KServe makes for an InferenceService. */
export function predictorName(inferenceService: string): string {
  return `${inferenceService}-predictor`
}

/** What KServe's own Deployment and Service select an InferenceService's pods by; raw mode only. */
export function predictorSelector(inferenceService: string): Record<string, string> {
  return { app: `isvc.${predictorName(inferenceService)}` }
}

/** Labels that KServe adds to an InferenceService's pods in both modes. */
export function predictorLabels(inferenceService: string): Record<string, string> {
  return { [KSERVE.podLabel]: inferenceService, component: 'predictor' }
}

export function isServerless({ spec }: Endpoint): boolean {
  return spec.runtime === 'kserve' && spec.kserve.deploymentMode === 'serverless'
}

/**
 * The spelling that the environment's KServe wants (K9): 0.16 renamed both modes, and there the old
 * names are accepted on create and then block every later update and delete (kserve/kserve#4798).
 */
export function deploymentModeValue(endpoint: Endpoint): string {
  const renamed = isAtLeast(endpoint.kserveVersion, [0, 16, 0])
  if (isServerless(endpoint)) return renamed ? 'Knative' : 'Serverless'
  return renamed ? 'Standard' : 'RawDeployment'
}

/** Since 0.17 KServe's webhook notes the format of a model here. */
export function formatAnnotationOf({ spec, kserveVersion }: Endpoint): Record<string, string> {
  const format = spec.model?.format?.name
  const isNoted = format !== undefined && isAtLeast(kserveVersion, [0, 17, 0])
  return isNoted ? { modelFormat: format } : {}
}

/** Autoscaler class `none` exists since 0.15.1; before, an HPA with min = max holds the number. */
export function knowsNoAutoscaler({ kserveVersion }: Endpoint): boolean {
  return isAtLeast(kserveVersion, [0, 15, 1])
}

export function isAtLeast(version: string, minimum: readonly [number, number, number]): boolean {
  const parts = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(version)?.slice(1) ?? []
  for (const [index, wanted] of minimum.entries()) {
    const got = Number(parts[index] ?? 0)
    if (got !== wanted) return got > wanted
  }
  return true
}
