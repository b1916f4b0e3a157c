import { isWritten, writesDefaults } from './pod-parts/as-said.ts'
import type { Blueprint } from './blueprint.ts'
import { KSERVE } from '../src/kinds/index.ts'
import { isServerless, type Endpoint } from '../src/spec/index.ts'
import { deploymentModeValue, formatAnnotationOf, knowsNoAutoscaler } from './kserve.ts'
import { copiedLabelsOf, metadataOf } from './labels.ts'
import { hasFormat, modelPredictorOf } from './model-format/predictor.ts'
import { namesOf } from './names.ts'
import { withPod, withPredictor } from './pod-parts/pass-through.ts'
import { podSpecOf } from './pod.ts'
import { progressDeadlineOf, strategyOf } from './rollout.ts'
import { kserveScalingOf } from './scaling/kserve.ts'
import { utilizationMetric } from './scaling/utilization.ts'
import { scrapeAnnotationsOf } from './scrape.ts'

/** A KServe InferenceService with our own container, or a model that a serving runtime serves: KServe makes the Deployment, its Service and its HPA. */
export function inferenceService(given: Blueprint) {
  const { blueprint, canaryTrafficPercent } = withCandidate(given)
  const { endpoint } = blueprint
  return {
    apiVersion: KSERVE.apiVersion,
    kind: KSERVE.kind,
    metadata: {
      ...metadataOf(blueprint, namesOf(endpoint).workload, annotationsOf(blueprint)),
      labels: { ...ownRouteOff(endpoint), ...copiedLabelsOf(blueprint) },
    },
    spec: {
      predictor: withPredictor(endpoint, {
        ...replicasOf(blueprint),
        canaryTrafficPercent,
        annotations: scrapeOf(blueprint),
        deploymentStrategy:
          isServerless(endpoint) || !writesStrategy(endpoint) ? undefined : strategyOf(endpoint),
        ...withPod(
          endpoint,
          hasFormat(endpoint)
            ? modelPredictorOf(blueprint)
            : podSpecOf(blueprint, KSERVE.container),
          KSERVE.container,
        ),
      }),
      transformer: endpoint.spec.kserve.transformer,
      explainer: endpoint.spec.kserve.explainer,
    },
  }
}

/** Knative keeps the pods of the predictor that served before: the one that is written is the candidate (https://kserve.github.io/website/docs/model-serving/predictive-inference/rollout-strategies/canary). */
function withCandidate(blueprint: Blueprint) {
  const { candidate, spec } = blueprint.endpoint
  if (candidate === undefined || !isServerless(blueprint.endpoint)) {
    return { blueprint, canaryTrafficPercent: undefined }
  }
  const promoted = { ...blueprint, endpoint: candidate.endpoint }
  return { blueprint: promoted, canaryTrafficPercent: spec.canary?.weight }
}

function writesStrategy(endpoint: Endpoint): boolean {
  return ['strategy', 'maxSurge', 'maxUnavailable'].some(field =>
    isWritten(endpoint, `rollout.${field}`),
  )
}

/** With a route of ours, KServe makes no Ingress, HTTPRoute or VirtualService for the world outside. One that was imported as it is keeps its labels. */
function ownRouteOff(endpoint: Endpoint): Record<string, string> {
  if (!endpoint.spec.route || !writesDefaults(endpoint)) return {}
  return {
    [isServerless(endpoint) ? KSERVE.knativeVisibility : KSERVE.visibility]: 'cluster-local',
  }
}

/** KServe puts these on the pods; the InferenceService's own annotations too, but that it is scraped is true of pods only. */
function scrapeOf({ endpoint }: Blueprint): Record<string, string> | undefined {
  const annotations = scrapeAnnotationsOf(endpoint)
  return Object.keys(annotations).length === 0 ? undefined : annotations
}

/** KServe makes an HPA even for min = max; class `none` makes none and holds minReplicas. */
function annotationsOf({ endpoint }: Blueprint): Record<string, string> {
  const mode = {
    ...formatAnnotationOf(endpoint),
    ...(isWritten(endpoint, 'kserve.deploymentMode')
      ? { [KSERVE.deploymentMode]: deploymentModeValue(endpoint) }
      : {}),
  }
  if (isServerless(endpoint))
    return { ...mode, ...knativeClassOf(endpoint), ...knativeDeadlineOf(endpoint) }
  if (!writesDefaults(endpoint)) return mode
  const fixed = endpoint.spec.scaling === undefined && knowsNoAutoscaler(endpoint)
  const scaled = endpoint.spec.scaling?.queue === undefined ? 'hpa' : 'keda'
  return { ...mode, [KSERVE.autoscalerClass]: fixed ? 'none' : scaled }
}

/** Knative's own autoscaler knows requests only; KServe's webhook refuses CPU and memory without the other one. */
function knativeClassOf({ spec: { scaling } }: Endpoint): Record<string, string> {
  const isOfResources = scaling?.cpu !== undefined || scaling?.memory !== undefined
  return isOfResources ? { [KSERVE.knativeClass]: KSERVE.knativeHpa } : {}
}

/** As a Deployment's progressDeadlineSeconds: when it passes, Knative takes the pods of the revision away, however busy they are. */
function knativeDeadlineOf(endpoint: Endpoint): Record<string, string> {
  const isSaid = endpoint.annotations[KSERVE.knativeDeadline] !== undefined
  // What was adopted as it ran would get another revision by it.
  if (isSaid || !writesDefaults(endpoint)) return {}
  return { [KSERVE.knativeDeadline]: `${progressDeadlineOf(endpoint)}s` }
}

function replicasOf({ endpoint }: Blueprint) {
  const { scaling, replicas } = endpoint.spec
  if (!isWritten(endpoint, 'replicas') && !isWritten(endpoint, 'scaling')) return {}
  // KServe keeps no maximum of 0.
  if (scaling === undefined)
    return { minReplicas: replicas, maxReplicas: replicas === 0 ? undefined : replicas }
  const { min = 1, max = min, cpu, memory, queue } = scaling
  const bounds = { minReplicas: min, maxReplicas: max }
  if (queue !== undefined) return { ...bounds, autoScaling: kserveScalingOf(endpoint) }
  if (cpu !== undefined && memory !== undefined) {
    const metrics = [...utilizationMetric('cpu', cpu), ...utilizationMetric('memory', memory)]
    return { ...bounds, autoScaling: { metrics } }
  }
  if (memory !== undefined) return { ...bounds, scaleMetric: 'memory', scaleTarget: memory }
  return cpu === undefined ? bounds : { ...bounds, scaleMetric: 'cpu', scaleTarget: cpu }
}
