import { members } from '../../object/index.ts'
import type { JsonMap, KubeObject } from '../../object/index.ts'

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
  const source = members(isService ? members(object['spec'])['predictor'] : object['spec'])
  const isServerless = isService && isKnative(object)
  const pod = isService ? source : members(members(source['template'])['spec'])
  const strategy = members(source[isService ? 'deploymentStrategy' : 'strategy'])
  const { maxSurge = '25%', maxUnavailable = '25%' } = members(strategy['rollingUpdate'])
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
  { replicas, minReplicas, maxReplicas }: JsonMap,
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

function gpusOf(pod: JsonMap): number {
  const containers = Array.isArray(pod['containers']) ? pod['containers'].map(members) : []
  let gpus = 0
  for (const { resources } of [...containers, members(pod['model'])]) {
    for (const [name, value] of Object.entries(members(members(resources)['limits']))) {
      if (name.includes('/') && /gpu|mig-/.test(name.slice(name.indexOf('/'))))
        gpus += Number(value)
    }
  }
  return gpus
}
