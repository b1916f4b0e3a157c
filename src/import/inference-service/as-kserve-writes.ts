import { FRAMEWORKS, KSERVE, todaysMode } from '../../kinds/index.ts'
import { at, entries, isMap, type JsonMap, type KubeObject } from '../../object/index.ts'

/** The protocol that KServe then writes for frameworks that a predictor named before there was `model`. */
const PROTOCOLS: Readonly<Record<string, string | undefined>> = {
  triton: 'v2',
  onnx: 'v2',
  huggingface: 'v2',
}

/**
 * An InferenceService as KServe's webhook writes it at every update (inference_service_defaults.go, setPredictorModelDefaults, and the name of
 * the first container): what is stored from before is the same to its pods.
 */
export function asKserveWrites(workload: KubeObject): KubeObject {
  if (workload.kind !== KSERVE.kind) return workload
  const { predictor, ...components } = Object(workload['spec']) as JsonMap
  if (!isMap(predictor)) return workload
  const written = withServerName(withModel(predictor))
  return { ...withTodaysMode(workload), spec: { ...components, predictor: written } }
}

/** Since 0.16 the modes have other names, and the old ones are rewritten, or refused. */
function withTodaysMode(workload: KubeObject): KubeObject {
  const { annotations = {} } = workload.metadata
  const mode = annotations[KSERVE.deploymentMode]
  if (mode === undefined) return workload
  const written = { ...annotations, [KSERVE.deploymentMode]: todaysMode(mode) }
  return { ...workload, metadata: { ...workload.metadata, annotations: written } }
}

function withModel(predictor: JsonMap): JsonMap {
  const framework = FRAMEWORKS.find(name => isMap(predictor[name]))
  if (framework === undefined) return predictor
  const { [framework]: fields, ...rest } = predictor
  const { protocolVersion = PROTOCOLS[framework], ...own } = Object(fields) as JsonMap
  const protocol = protocolVersion === undefined ? {} : { protocolVersion }
  return { ...rest, model: { modelFormat: { name: framework }, ...protocol, ...own } }
}

function withServerName(predictor: JsonMap): JsonMap {
  const [first, ...others] = entries(predictor['containers'])
  const isServer = first !== undefined && predictor['model'] === undefined
  if (!isServer || at(first, 'name') === KSERVE.container) return predictor
  return { ...predictor, containers: [{ ...first, name: KSERVE.container }, ...others] }
}
