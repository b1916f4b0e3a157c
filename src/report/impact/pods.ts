import type { KubeObject } from '../../object/index.ts'

/** What a workload says about its pods. */
export interface Pods {
  /** Absent where an autoscaler decides. */
  replicas?: number
  /** The fewest; absent where the autoscaler's own object says it. */
  floor?: number
  gpus: number
  strategy?: string
  maxSurge: unknown
  maxUnavailable: unknown
  /** Knative rolls out by revisions. */
  isServerless: boolean
}

/** Of a Deployment, or of an InferenceService's predictor; with Kubernetes' defaults. */
export function podsOf(object: KubeObject): Pods {
  const isService = object.kind === 'InferenceService'
  const source = asMap(isService ? asMap(object['spec'])['predictor'] : object['spec'])
  const isServerless = isService && isKnative(object)
  const pod = isService ? source : asMap(asMap(source['template'])['spec'])
  const strategy = asMap(source[isService ? 'deploymentStrategy' : 'strategy'])
  const { maxSurge = '25%', maxUnavailable = '25%' } = asMap(strategy['rollingUpdate'])
  return {
    ...replicasOf(source, { isService, isServerless }),
    ...(typeof strategy['type'] === 'string' ? { strategy: strategy['type'] } : {}),
    gpus: gpusOf(pod),
    maxSurge,
    maxUnavailable,
    isServerless,
  }
}

/** Of an InferenceService its least is known, and that may be the most. Knative makes at least one for a new revision. */
function replicasOf(
  { replicas, minReplicas, maxReplicas }: Record<string, unknown>,
  { isService, isServerless }: { isService: boolean; isServerless: boolean },
) {
  const floor = isService ? minReplicas : replicas
  if (typeof floor !== 'number') return {}
  if (isServerless) return { floor: Math.max(1, floor) }
  const scales = isService && maxReplicas !== undefined && maxReplicas !== floor
  return scales ? { floor } : { replicas: floor, floor }
}

/** Under its name of either age (kserve/kserve 0.16 renamed it). */
function isKnative({ metadata }: KubeObject): boolean {
  const mode = metadata.annotations?.['serving.kserve.io/deploymentMode']
  return mode === 'Knative' || mode === 'Serverless'
}

function gpusOf(pod: Record<string, unknown>): number {
  const containers = Array.isArray(pod['containers']) ? pod['containers'].map(asMap) : []
  let gpus = 0
  for (const { resources } of [...containers, asMap(pod['model'])]) {
    for (const [name, value] of Object.entries(asMap(asMap(resources)['limits']))) {
      if (name.includes('/') && /gpu|mig-/.test(name.slice(name.indexOf('/'))))
        gpus += Number(value)
    }
  }
  return gpus
}

function asMap(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
