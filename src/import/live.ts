import type { JsonMap, KubeObject } from '../object/index.ts'

/** Live objects of one endpoint: its Deployment or InferenceService, and what is named as slipway would name it. */
export interface LiveEndpoint {
  workload: KubeObject
  related: readonly KubeObject[]
  /** Other objects of the namespace, as far as they may be listed: they may lead to its pods, or scale them. */
  others?: readonly KubeObject[]
  /** That gets a share of its requests. */
  candidate?: LiveCandidate | undefined
}

/** A candidate of slipway's beside what serves: its pods, the Service that leads to them, and its share. */
export interface LiveCandidate {
  workload: KubeObject
  service: KubeObject
  /** Percentage of the requests. */
  weight: number
  /** By which requests are its own, whatever the weight. */
  headers?: JsonMap | undefined
}
