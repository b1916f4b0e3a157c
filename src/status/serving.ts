import { quantityOf } from '../object/index.ts'
import type { KubeObject } from '../object/index.ts'
import { isGpu } from './causes/scheduling.ts'
import { predictorDeployment, SERVING_CONTAINER } from './predictor.ts'
import type { Container, InferenceService, PodSpec, Workload } from './shapes.ts'
import type { View } from './view.ts'

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
  const deployment: Workload | undefined =
    workload.kind === 'Deployment' ? workload : predictorDeployment({ object: workload, related })
  const podSpec = podSpecOf(workload, deployment)
  const container = servingContainer(podSpec)
  const model = modelOf(workload, container)
  return {
    replicas: {
      ready: deployment?.status?.readyReplicas ?? 0,
      desired: deployment === undefined ? minimumOf(workload) : (deployment.spec?.replicas ?? 1),
    },
    ...(container?.image && { image: container.image }),
    gpus: gpusOf(podSpec),
    ...(model && { model }),
  }
}

function podSpecOf(workload: InferenceService, deployment: Workload | undefined): PodSpec {
  return deployment?.spec?.template?.spec ?? workload.spec?.predictor ?? {}
}

function servingContainer({ containers = [] }: PodSpec): Container | undefined {
  return containers.find(({ name }) => name === SERVING_CONTAINER) ?? containers[0]
}

function gpusOf({ containers = [] }: PodSpec): number {
  const counts = containers.flatMap(({ resources }) =>
    Object.entries({ ...resources?.requests, ...resources?.limits })
      .filter(([name]) => isGpu(name))
      .map(([, count]) => quantityOf(count) ?? 0),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}

/** The model server is told of its model by environment variables. */
function modelOf(workload: InferenceService, container: Container | undefined): string | undefined {
  const value = (name: string): string | undefined =>
    container?.env?.find(each => each.name === name)?.value
  return value('MODEL_REF') ?? value('MODEL_URI') ?? workload.spec?.predictor?.model?.storageUri
}

function minimumOf({ spec }: InferenceService): number {
  return spec?.predictor?.minReplicas ?? 1
}
