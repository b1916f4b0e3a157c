import type { k8s } from 'cdk8s-plus-28'
import type { Blueprint } from './blueprint.ts'
import { metadataOf } from './labels.ts'
import { namesOf } from './names.ts'
import type { Manifest, Plain } from './plain.ts'
import { utilizationMetric } from './scaling/utilization.ts'

type Metric = Plain<k8s.MetricSpecV2>
/** What users write as it is in autoscaling/v2; the API server checks it. */
type Raw = Record<string, unknown>
type Spec = Omit<Plain<k8s.HorizontalPodAutoscalerSpecV2>, 'metrics' | 'behavior'>

type Autoscaler = Omit<Manifest<k8s.KubeHorizontalPodAutoscalerV2Props>, 'spec'> & {
  spec: Spec & { metrics: readonly (Metric | Raw)[]; behavior: Raw | undefined }
}

/** For Deployments with `scaling`; KServe makes its own for an InferenceService. */
export function autoscaler(blueprint: Blueprint): Autoscaler | undefined {
  const { spec } = blueprint.endpoint
  if (spec.runtime !== 'deployment' || spec.scaling === undefined) return undefined
  if (spec.scaling.queue !== undefined) return undefined
  const { min = 1, max = min, cpu, memory, metrics = [], behavior } = spec.scaling
  const targets = [...utilizationMetric('cpu', cpu), ...utilizationMetric('memory', memory)]
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: metadataOf(blueprint, namesOf(blueprint.endpoint).autoscaler),
    spec: {
      scaleTargetRef: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: namesOf(blueprint.endpoint).workload,
      },
      minReplicas: min,
      maxReplicas: max,
      metrics: [...targets, ...metrics],
      behavior,
    },
  }
}
