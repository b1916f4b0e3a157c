import { KSERVE } from '../kinds/index.ts'
import { entries, isMap, type JsonMap } from '../object/index.ts'
import {
  SERVING_CONTAINER,
  servingContainer,
  type Container,
  type ServingRuntime,
} from './runtime.ts'
import { mergeContainer } from './merge-container.ts'
import { fillPlaceholders, type PlaceholderValues } from './placeholders.ts'
import { withServerDefaults } from './server-type.ts'
import { strategicMerge } from './strategic-merge.ts'

/** An InferenceService's predictor with a model, as it is written. */
export interface ModelPredictor {
  /** `spec.predictor`, its `model` included. */
  predictor: JsonMap
  name: string
  namespace: string
  labels: Record<string, string>
  annotations: Record<string, string>
}

/** The pod that KServe makes of it. */
export interface ServedPod {
  spec: JsonMap & { containers: Container[] }
  /** Of the runtime, for the pods; the endpoint's own are stronger. */
  labels: Record<string, string>
  annotations: Record<string, string>
}

/** Fields of `model` that are not its container's. */
export const MODEL_FIELDS: ReadonlySet<string> = new Set([
  'modelFormat',
  'runtime',
  'runtimeVersion',
  'protocolVersion',
  'storageUri',
  'storage',
  'confidential',
])

const TRANSFORMER = KSERVE.transformer

/** Fields of a runtime that KServe takes over into the pod (MergePodSpec). */
const POD_FIELDS = [
  'nodeSelector',
  'affinity',
  'tolerations',
  'volumes',
  'imagePullSecrets',
  'schedulerName',
]

/**
 * The runtime's containers and pod, with what the predictor says over them, as KServe's controller puts them together
 * (components/predictor.go, buildPodSpec; deployment_reconciler.go, setDefaultPodSpec).
 */
export function servedPod(given: ModelPredictor, runtime: ServingRuntime): ServedPod {
  const { labels: ownLabels = {}, annotations = {}, ...fields } = runtime.spec
  const { container, values } = ownContainer(given, runtime)
  const base = servingContainer(runtime) ?? { name: SERVING_CONTAINER }
  const server = fillPlaceholders(mergeContainer(base, container), values)
  const pod = Object.fromEntries(
    POD_FIELDS.flatMap(field => (field in fields ? [[field, fields[field]]] : [])),
  )
  return {
    spec: {
      ...strategicMerge(pod, podFieldsOf(given.predictor)),
      containers: [server, ...besides(given, runtime, values)].map(withReadiness),
    },
    labels: ownLabels,
    annotations,
  }
}

function ownContainer(
  { predictor, name, namespace, labels, annotations }: ModelPredictor,
  runtime: ServingRuntime,
): { container: JsonMap; values: PlaceholderValues } {
  const model = isMap(predictor['model']) ? predictor['model'] : {}
  const own = Object.fromEntries(
    Object.entries(model).filter(([field]) => !MODEL_FIELDS.has(field)),
  )
  const format = isMap(model['modelFormat']) ? String(model['modelFormat']['name']) : ''
  const protocol =
    typeof model['protocolVersion'] === 'string' ? model['protocolVersion'] : undefined
  const hasModel = model['storageUri'] !== undefined || model['storage'] !== undefined
  const facts = { name, format, protocol, hasModel }
  const completed = withServerDefaults(runtime, { facts, container: own })
  const values = {
    Name: name,
    Namespace: namespace,
    Labels: { ...labels, ...completed.labels },
    Annotations: { modelFormat: format, ...annotations },
  }
  return { container: completed.container, values }
}

/** KServe's transformer beside the server, then the runtime's further containers, then the predictor's. */
function besides(
  { predictor }: ModelPredictor,
  { spec }: ServingRuntime,
  values: PlaceholderValues,
): Container[] {
  const own = entries(predictor['containers']).filter(isNamed)
  const others = spec.containers.filter(
    ({ name }) => name !== SERVING_CONTAINER && name !== TRANSFORMER,
  )
  const ofRuntime = spec.containers.find(({ name }) => name === TRANSFORMER)
  const ofPredictor = own.find(({ name }) => name === TRANSFORMER)
  const transformer =
    ofRuntime && ofPredictor ? mergeContainer(ofRuntime, ofPredictor) : (ofRuntime ?? ofPredictor)
  return [
    ...(transformer === undefined ? [] : [fillPlaceholders(transformer, values)]),
    ...others,
    ...own.filter(({ name }) => name !== TRANSFORMER),
  ]
}

function isNamed(container: JsonMap): container is Container {
  return typeof container['name'] === 'string'
}

/** Fields of a predictor that are not its pod's: of KServe's ComponentExtensionSpec, and the implementations. */
const NOT_OF_THE_POD = new Set(
  `model containers minReplicas maxReplicas scaleTarget scaleMetric scaleMetricType autoScaling containerConcurrency timeout
  canaryTrafficPercent logger batcher labels annotations deploymentStrategy workerSpec`.split(
    /\s+/,
  ),
)

function podFieldsOf(predictor: JsonMap): JsonMap {
  return Object.fromEntries(
    Object.entries(predictor).filter(([field]) => !NOT_OF_THE_POD.has(field)),
  )
}

/** A server or transformer without a readiness probe is asked by TCP, on its first port or 8080. */
function withReadiness(container: Container): Container {
  const isAsked = container.name === SERVING_CONTAINER || container.name === TRANSFORMER
  if (!isAsked || container['readinessProbe'] !== undefined) return container
  const readinessProbe = {
    tcpSocket: { port: portOf(container) },
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  }
  return { ...container, readinessProbe }
}

/** The port that KServe's Service leads to. */
export function portOf(container: Container): number {
  const port = entries(container['ports'])[0]?.['containerPort']
  return typeof port === 'number' ? port : KSERVE.port
}
