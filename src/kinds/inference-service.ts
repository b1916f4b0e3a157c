import { at, ENDPOINT_LABEL, type KubeObject } from '../object/index.ts'
import { DEPLOYMENT } from './deployment.ts'
import { HORIZONTAL_POD_AUTOSCALER } from './horizontal-pod-autoscaler.ts'
import type { Kind, Type } from './kind.ts'
import { SCALED_OBJECT } from './scaled-object.ts'

/** KServe gives its pods the labels and annotations of the InferenceService. */
export const INFERENCE_SERVICE: Kind = {
  apiVersion: 'serving.kserve.io/v1beta1',
  kind: 'InferenceService',
  shortNames: ['isvc'],
  wave: 'workload',
  isRendered: true,
  runtime: 'kserve',
  pods: {
    spec: ['spec', 'predictor'],
    metadata: ['spec', 'predictor'],
    labels: ({ metadata: { name, labels = {} } }) => ({
      under: labels,
      over: predictorLabels(name),
    }),
    replicas: ['spec', 'predictor', 'minReplicas'],
    strategy: ['spec', 'predictor', 'deploymentStrategy'],
    isReplacedBy: (path, object) =>
      asksForKnative(object)
        ? shareOf(object) === undefined && makesRevision(path)
        : COPIED.test(path) && !BESIDE_PODS.test(path),
  },
  makes: [DEPLOYMENT],
  leaves: scalersLeft,
  controller: {
    managers: /^manager$|^kserve/,
    advice: 'The KServe controller sets it: leave it out of the endpoint. It is never forced.',
  },
  // Of its definition.
  defaults: { protocol: ['TCP'], 'storageUris.mountPath': ['/mnt/models'] },
  whenNotServed: 'Install KServe (slipway doctor tells what is there), or use runtime: deployment.',
  // A CustomResourceDefinition's lists are atomic unless it says otherwise.
  atomic: ['containers', 'initContainers', 'volumes', 'imagePullSecrets', 'metrics'],
}

/** KServe's autoscaler reconciler looks after the kind of its class alone (reconcilers/autoscaler, 0.16 to 0.20). */
function scalersLeft(object: KubeObject): readonly Type[] {
  if (asksForKnative(object)) return []
  const isKeda = object.metadata.annotations?.[KSERVE.autoscalerClass] === 'keda'
  return [isKeda ? HORIZONTAL_POD_AUTOSCALER : SCALED_OBJECT]
}

/** What KServe writes to its pods comes from these. */
const COPIED = /^(spec|metadata\.(labels|annotations))/

/** How its pods are scaled and replaced, and what of the requests they get, says nothing of the pods themselves. */
const BESIDE_PODS =
  /^spec\.\w+\.(?:(?:min|max)Replicas|scale|autoScaling|deploymentStrategy|canaryTrafficPercent)/

/** In Knative mode KServe writes the scaling into the template of the revisions: pkg/controller/v1alpha1/utils (SetAutoScalingAnnotations), so a new one comes of it. */
const BESIDE_REVISIONS = /^spec\.\w+\.(?:deploymentStrategy|canaryTrafficPercent)/

/** KServe's own names. */
export const KSERVE = {
  apiVersion: INFERENCE_SERVICE.apiVersion,
  kind: INFERENCE_SERVICE.kind,
  container: 'kserve-container',
  /** Of a transformer in the predictor's own pods, at which requests come in. */
  transformer: 'transformer-container',
  /** Where its Service and readiness probe look for a server or transformer that declares no port. */
  port: 8080,
  deploymentMode: 'serving.kserve.io/deploymentMode',
  autoscalerClass: 'serving.kserve.io/autoscalerClass',
  /** With the value "true" KServe takes Deployment, Service and HPA away. */
  stop: 'serving.kserve.io/stop',
  /** What scales in Knative's mode, and the one that knows CPU and memory. */
  knativeClass: 'autoscaling.knative.dev/class',
  knativeHpa: 'hpa.autoscaling.knative.dev',
  /** Names of GPUs beside those that KServe knows, as a list in JSON. */
  gpuTypes: 'serving.kserve.io/gpu-resource-types',
  /** Labels by which KServe in raw mode, and Knative, make nothing that leads in from outside the cluster. */
  visibility: 'networking.kserve.io/visibility',
  knativeVisibility: 'networking.knative.dev/visibility',
  podLabel: 'serving.kserve.io/inferenceservice',
  component: 'component',
  /** Labels of what Knative makes of a revision, pods among it, and the container that it puts beside the server. */
  revision: 'serving.knative.dev/revision',
  revisionNumber: 'serving.knative.dev/configurationGeneration',
  knativeProxy: 'queue-proxy',
  /** Annotation of a revision: how long Knative gives its pods to be ready; as long as KServe's Deployments have, unless it says otherwise. */
  knativeDeadline: 'serving.knative.dev/progress-deadline',
  /** KServe's Deployments have this progressDeadlineSeconds; an InferenceService cannot set it. */
  progressDeadlineSeconds: 600,
} as const

/** The Deployment, Service and HPA that KServe makes for an InferenceService. */
export function predictorName(inferenceService: string): string {
  return `${inferenceService}-predictor`
}

/** What KServe's own Deployment and Service select an InferenceService's pods by; raw mode only. */
export function predictorSelector(inferenceService: string): Record<string, string> {
  return { app: `isvc.${predictorName(inferenceService)}` }
}

/** Labels that KServe adds to an InferenceService's pods in both modes. */
export function predictorLabels(inferenceService: string): Record<string, string> {
  return { [KSERVE.podLabel]: inferenceService, component: 'predictor' }
}

/** Label selector of what KServe makes of InferenceServices that carry no label of ours, and of their pods. */
export const MADE_OF_UNMARKED = `${KSERVE.podLabel},!${ENDPOINT_LABEL}`

/** KServe's older spellings of a model, in the order in which its webhook turns the first of them into `model`. */
export const FRAMEWORKS = [
  'sklearn',
  'tensorflow',
  'xgboost',
  'pytorch',
  'triton',
  'onnx',
  'huggingface',
  'pmml',
  'lightgbm',
  'paddle',
] as const

/** KServe's modes, as they are called since 0.16 and as they were before. */
const MODES = {
  standard: { name: 'Standard', before: 'RawDeployment' },
  knative: { name: 'Knative', before: 'Serverless' },
} as const

/** What the annotation says for a mode; `isRenamed` where KServe is 0.16 or newer. */
export function modeName(mode: keyof typeof MODES, isRenamed: boolean): string {
  return MODES[mode][isRenamed ? 'name' : 'before']
}

/** An older name as today's, which KServe's webhook writes since 0.17. */
export function todaysMode(mode: string): string {
  return Object.values(MODES).find(({ before }) => before === mode)?.name ?? mode
}

/** Whether Knative runs it, by what it asks for. */
export function asksForKnative({ metadata }: KubeObject): boolean {
  return isKnative(metadata.annotations?.[KSERVE.deploymentMode])
}

/** Where the share of a candidate under Knative stands, beside which the revision before goes on. */
export const SHARE = ['spec', 'predictor', 'canaryTrafficPercent'] as const

/** In percent of the requests; absent where there is no candidate. */
export function shareOf(object: KubeObject): unknown {
  return asksForKnative(object) ? at(object, ...SHARE) : undefined
}

/** Whether a change of this path gives Knative another template of pods. */
export function makesRevision(path: string): boolean {
  return COPIED.test(path) && !BESIDE_REVISIONS.test(path)
}

/** Whether it is to be stopped: then there is nothing below it. */
export function asksToStop({ metadata }: KubeObject): boolean {
  return metadata.annotations?.[KSERVE.stop] === 'true'
}

/** Whether one server of several models has it: `ModelMesh`, asked for or, as KServe's own default, in its status. */
export function isOfModelMesh({ metadata, status }: KubeObject): boolean {
  const mode = metadata.annotations?.[KSERVE.deploymentMode] ?? at(status, 'deploymentMode')
  return mode === 'ModelMesh'
}

export function isStandard(mode: string | undefined): boolean {
  return isCalled(MODES.standard, mode)
}

export function isKnative(mode: string | undefined): boolean {
  return isCalled(MODES.knative, mode)
}

function isCalled({ name, before }: (typeof MODES)[keyof typeof MODES], mode: string | undefined) {
  return mode === name || mode === before
}
