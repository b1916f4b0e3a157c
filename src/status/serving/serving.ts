import { gpusIn, isKserve, replicasOf, servedBy } from '../../kinds/index.ts'
import type { KubeObject } from '../../object/index.ts'
import { predictorDeployment } from '../kserve/predictor.ts'
import { deploymentOfRevision, newestPredictor } from '../kserve/revisions.ts'
import { candidateOf } from '../kserve/traffic.ts'
import type { Workload } from '../shapes.ts'
import type { View } from '../view.ts'

/** What a workload serves, and with how much. */
export interface Serving {
  replicas: { ready: number; desired: number }
  image?: string
  /** GPUs of one replica. */
  gpus: number
  /** The model's reference, else its URI. */
  model?: string
}

export function servingOf(workload: KubeObject, related: View): Serving {
  const stable = candidateOf(workload)?.stable
  const deployment =
    stable === undefined
      ? deploymentFor(workload, related)
      : deploymentOfRevision(workload, related, stable)
  // Beside a candidate the object says what that one serves.
  const said = stable === undefined ? servedBy(workload) : {}
  return { ...podsOf(deployment, workload), ...said, ...(deployment && servedBy(deployment)) }
}

/** The candidate of an InferenceService that Knative serves beside the revision before. */
export function candidateServing(service: KubeObject, related: View): Serving {
  return { ...podsOf(newestPredictor(service, related), service), ...servedBy(service) }
}

function deploymentFor(workload: KubeObject, related: View): Workload | undefined {
  if (!isKserve(workload)) return workload
  return predictorDeployment({ object: workload, related }) ?? newestPredictor(workload, related)
}

function podsOf(
  deployment: Workload | undefined,
  workload: KubeObject,
): Pick<Serving, 'replicas' | 'gpus'> {
  const running = deployment ?? workload
  const ready = deployment?.status?.readyReplicas ?? 0
  return { replicas: { ready, desired: replicasOf(running) ?? 1 }, gpus: gpusIn(running) }
}
