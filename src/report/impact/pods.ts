import {
  asksForKnative,
  gpusIn,
  isKserve,
  podSpecOf,
  replicasOf,
  strategyOf,
} from '../../kinds/index.ts'
import { at, members, text, type KubeObject } from '../../object/index.ts'

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

/** With Kubernetes' defaults. */
export function podsOf(object: KubeObject): Pods {
  const isServerless = isKserve(object) && asksForKnative(object)
  const strategy = strategyOf(object)
  const type = text(at(strategy, 'type'))
  const { maxSurge = '25%', maxUnavailable = '25%' } = members(at(strategy, 'rollingUpdate'))
  return {
    ...countsOf(object, isServerless),
    ...(type !== undefined && { strategy: type }),
    gpus: gpusIn(object),
    maxSurge,
    maxUnavailable,
    isServerless,
  }
}

/** Of an InferenceService its least is known, and that may be the most. Knative makes at least one for a new revision. */
function countsOf(object: KubeObject, isServerless: boolean) {
  const floor = replicasOf(object)
  if (floor === undefined) return {}
  if (isServerless) return { floor: Math.max(1, floor) }
  const { maxReplicas = floor } = podSpecOf(object) ?? {}
  return maxReplicas === floor ? { replicas: floor, floor } : { floor }
}
