import { KSERVE } from '../../../kinds/index.ts'
import { at, entries, isMap, number, text, type JsonMap } from '../../../object/index.ts'
import { modelOf, variable, type Refusals, type Service } from './service.ts'

const WORKER = ['spec', 'predictor', 'workerSpec']

/** A model on several nodes (validateMultiNodeVariables). */
export function multiNode(service: Service): Refusals {
  const worker = service.predictor['workerSpec']
  if (!isMap(worker)) return []
  return [
    workers(worker, service),
    server(service),
    ['pipelineParallelSize', 'tensorParallelSize']
      .filter(field => (number(worker[field]) ?? 1) < 1)
      .map(field => ({ path: [...WORKER, field], why: `workerSpec.${field} is below 1` })),
  ]
}

function workers(worker: JsonMap, { annotations }: Service): Refusals {
  const containers = entries(worker['containers'])
  const path = [...WORKER, 'containers']
  return [
    containers.length > 1 ? { path, why: 'workerSpec has several containers' } : undefined,
    containers.map((each, index) =>
      unknownGpus(each, annotations).map(why => ({ path: [...path, index, 'resources'], why })),
    ),
  ]
}

function server({ predictor, annotations }: Service): Refusals {
  const { model, field = '' } = modelOf(predictor) ?? {}
  if (model === undefined) return []
  const path = ['spec', 'predictor', field]
  const uri = text(model['storageUri'])
  const scheme = uri?.split('://')[0] ?? ''
  return [
    ['PIPELINE_PARALLEL_SIZE', 'TENSOR_PARALLEL_SIZE']
      .filter(name => variable(model, name) !== undefined)
      .map(name => ({ path: [...path, 'env'], why: `workerSpec sets ${name}, not the variable` })),
    unknownGpus(model, annotations).map(why => ({ path: [...path, 'resources'], why })),
    ['pvc', 'oci'].includes(scheme)
      ? undefined
      : {
          path: [...path, 'storageUri'],
          why:
            uri === undefined
              ? 'a model on several nodes has a storageUri'
              : `a model on several nodes comes from pvc:// or oci://, not ${scheme}://`,
        },
    annotations[KSERVE.autoscalerClass] === 'none'
      ? undefined
      : {
          path: WORKER,
          why: `a model on several nodes is not scaled: the annotation ${KSERVE.autoscalerClass} is none`,
        },
  ]
}

const BASIC = ['cpu', 'memory', 'storage', 'ephemeral-storage']
/** constants.DefaultGPUResourceTypeList; KServe's configuration may add some, an annotation too. */
const GPUS = ['nvidia.com/gpu', 'amd.com/gpu', 'intel.com/gpu', 'habana.ai/gaudi']

function unknownGpus(container: unknown, annotations: Record<string, string>): string[] {
  const own = annotations[KSERVE.gpuTypes]
  const further = own === undefined || own === '' ? [] : typesIn(own)
  if (further === undefined)
    return [`the annotation ${KSERVE.gpuTypes} is not a list of names in JSON`]
  const known = [...BASIC, ...GPUS, ...further]
  const asked = ['limits', 'requests'].flatMap(kind =>
    Object.keys(Object(at(container, 'resources', kind))),
  )
  const unknown = asked.find(name => !known.includes(name))
  if (unknown === undefined) return []
  return [
    `${unknown} is not a GPU that it knows; the annotation ${KSERVE.gpuTypes} names further ones`,
  ]
}

function typesIn(json: string): string[] | undefined {
  try {
    const list: unknown = JSON.parse(json)
    if (!Array.isArray(list) || list.length === 0) return undefined
    const names = list.filter(each => typeof each === 'string' && each !== '')
    return names.length === list.length ? names.map(String) : undefined
  } catch {
    return undefined
  }
}
