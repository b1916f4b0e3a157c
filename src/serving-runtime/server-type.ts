import { entries, items, type JsonMap } from '../object/index.ts'
import type { ServingRuntime } from './runtime.ts'

const ANNOTATION = 'serving.kserve.io/server-type'

/** Servers that KServe knew by the names of its own runtimes, before there was the annotation. */
const BY_NAME: Readonly<Record<string, string>> = {
  'kserve-mlserver': 'mlserver',
  'kserve-torchserve': 'torchserve',
  'kserve-tritonserver': 'tritonserver',
  'kserve-tensorflow-serving': 'tensorflow-serving',
  'kserve-huggingfaceserver': 'huggingfaceserver',
  'kserve-vllmserver': 'vllmserver',
}

export function serverTypeOf({ name, annotations }: ServingRuntime): string | undefined {
  return annotations[ANNOTATION] ?? (Object.hasOwn(BY_NAME, name) ? BY_NAME[name] : undefined)
}

/** What KServe's controller adds for some servers: labels for the placeholders, and parts of the container. */
export interface ServerDefaults {
  labels: Record<string, string>
  container: JsonMap
}

export interface ModelFacts {
  name: string
  format: string
  protocol: string | undefined
  hasModel: boolean
}

/** As KServe's SetRuntimeDefaults (pkg/apis/serving/v1beta1/inference_service_defaults.go). */
export function withServerDefaults(
  runtime: ServingRuntime,
  { facts, container }: { facts: ModelFacts; container: JsonMap },
): ServerDefaults {
  switch (serverTypeOf(runtime)) {
    case 'mlserver':
      return {
        labels: { modelClass: MODEL_CLASSES[facts.format] ?? 'mlserver_sklearn.SKLearnModel' },
        container: withVariables(container, mlserverVariables(facts)),
      }
    case 'torchserve': {
      const protocol = facts.protocol ?? 'v1'
      const envelope = protocol === 'v1' ? 'kserve' : 'kservev2'
      const env = [...entries(container['env']), { name: 'PROTOCOL_VERSION', value: protocol }]
      return { labels: { serviceEnvelope: envelope }, container: { ...container, env } }
    }
    case 'tritonserver': {
      const args = [...items(container['args']), '--model-control-mode=explicit']
      const explicit = { ...container, args }
      return { labels: {}, container: facts.hasModel ? container : explicit }
    }
    default:
      return { labels: {}, container }
  }
}

const MODEL_CLASSES: Readonly<Record<string, string>> = {
  xgboost: 'mlserver_xgboost.XGBoostModel',
  lightgbm: 'mlserver_lightgbm.LightGBMModel',
  mlflow: 'mlserver_mlflow.MLflowRuntime',
}

function mlserverVariables({ name, hasModel }: ModelFacts): Record<string, string> {
  return hasModel
    ? { MLSERVER_MODEL_NAME: name, MLSERVER_MODEL_URI: '/mnt/models' }
    : { MLSERVER_LOAD_MODELS_AT_STARTUP: 'false' }
}

function withVariables(container: JsonMap, variables: Record<string, string>): JsonMap {
  const env = entries(container['env'])
  const missing = Object.entries(variables).filter(
    ([variable]) => !env.some(({ name }) => name === variable),
  )
  return { ...container, env: [...env, ...missing.map(([name, value]) => ({ name, value }))] }
}
