import { isKserve, replicasOf, servedBy } from '../../kinds/index.ts'
import type { KubeObject } from '../../object/index.ts'
import { deploymentOf, wantedComponents, type ComponentName } from '../kserve/components.ts'
import { isKnative } from '../kserve/knative.ts'
import type { InferenceService } from '../shapes.ts'
import type { View } from '../view.ts'
import type { Serving } from './serving.ts'

/** One of the parts of an InferenceService that have pods of their own. */
export interface ComponentStatus extends Pick<Serving, 'replicas' | 'image'> {
  name: ComponentName
}

/**
 * The components of an InferenceService that has more than a predictor, each with its pods. Undefined where the predictor is all there is, and
 * under Knative, whose revisions stand between.
 */
export function componentsOf(workload: KubeObject, related: View): ComponentStatus[] | undefined {
  const service: InferenceService = workload
  const wanted = wantedComponents(service)
  if (!isKserve(workload) || wanted.length < 2 || isKnative(service)) return undefined
  return wanted.map(name => {
    const deployment = deploymentOf(name, { object: workload, related })
    const image = deployment && servedBy(deployment).image
    const desired = (deployment && replicasOf(deployment)) ?? 1
    return {
      name,
      replicas: { ready: deployment?.status?.readyReplicas ?? 0, desired },
      ...(image && { image }),
    }
  })
}
