import { kindOf, SERVICE, isOf } from '../../kinds/index.ts'
import { isTracked, defined, type KubeObject } from '../../object/index.ts'
import { candidateOf } from '../kserve/traffic.ts'
import { candidateServing, servingOf, type Serving } from './serving.ts'
import type { View } from '../view.ts'

/** The candidate of an endpoint, beside what serves. */
export interface CanaryStatus extends Pick<Serving, 'replicas' | 'image' | 'model'> {
  /** Of its Deployment; under Knative, of its revision. */
  name: string
  /** Percentage of the requests; absent where no route says it. */
  weight?: number
}

/** What runs beside the workload that serves, and what share of the requests it gets. */
export function canaryOf(
  own: readonly KubeObject[],
  workload: KubeObject | undefined,
  related: View,
): CanaryStatus | undefined {
  if (workload === undefined) return undefined
  const { replicas, image, model } = servingOf(workload, related)
  return defined({ name: workload.metadata.name, weight: weightOf(own), replicas, image, model })
}

/** Knative's, which KServe says in the status of the InferenceService. */
export function revisionCanaryOf(workload: KubeObject, related: View): CanaryStatus | undefined {
  const candidate = candidateOf(workload)
  if (candidate === undefined) return undefined
  const { replicas, image, model } = candidateServing(workload, related)
  return defined({ name: candidate.revision, weight: candidate.percent, replicas, image, model })
}

function weightOf(own: readonly KubeObject[]): number | undefined {
  const service = own.find(object => isOf(object, SERVICE) && isTracked(object))?.metadata.name
  const shares = own.flatMap(object => kindOf(object).route?.shares?.(object) ?? [])
  const found = shares.filter(({ name }) => name === service)
  return found[0]?.percent
}
