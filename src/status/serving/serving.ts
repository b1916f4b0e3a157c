import { KSERVE, gpusIn, isKserve, replicasOf, servedBy } from '../../kinds/index.ts'
import type { KubeObject } from '../../object/index.ts'
import { predictorDeployment } from '../kserve/predictor.ts'
import { newestRevisions } from '../kserve/revisions.ts'
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
  const deployment: Workload | undefined = isKserve(workload)
    ? (predictorDeployment({ object: workload, related }) ?? revisionOf(workload, related))
    : workload
  const running = deployment ?? workload
  const { image, model } = { ...servedBy(workload), ...servedBy(running) }
  return {
    replicas: {
      ready: deployment?.status?.readyReplicas ?? 0,
      desired: replicasOf(running) ?? 1,
    },
    ...(image && { image }),
    gpus: gpusIn(running),
    ...(model && { model }),
  }
}

/** In Knative mode, the Deployment of the predictor's newest revision. */
function revisionOf(service: KubeObject, related: View): Workload | undefined {
  return newestRevisions(service, related).find(
    ({ metadata }) => metadata.labels?.[KSERVE.component] === 'predictor',
  )
}
