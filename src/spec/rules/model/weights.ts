import { imageOfUri } from '../../catalogue/image-uri.ts'
import { isImageReference } from '../../schema/parts.ts'
import type { Endpoint } from '../../set.ts'
import { problemAt } from '../rule.ts'
import type { Finding, Rule } from '../rule.ts'
import { isOlder } from './kserve-version.ts'

type Fault = Pick<Finding, 'code' | 'path' | 'message' | 'remedy'>

/** Weights that are an image are mounted only from an image, and where the runtime can mount one. */
export const weightsCanBeMounted: Rule = endpoint => {
  const { spec } = endpoint
  if (spec.runtime === 'external') return []
  const faults = spec.model?.fetch === 'image' ? faultsOf(endpoint) : withoutImage(endpoint)
  return [...faults.slice(0, 1), ...adapterFaults(endpoint)].map(fault =>
    problemAt(endpoint, fault),
  )
}

const MOUNTED = 'spec.model.fetch is image'

function faultsOf(endpoint: Endpoint): Fault[] {
  const { spec } = endpoint
  const { uri, format } = spec.model ?? {}
  const path = 'spec.model.fetch'
  // What has no URI, or one that is mounted anyway, is told by the rule on fetching.
  if (uri === undefined || uri.startsWith('pvc://')) return []
  const image = imageOfUri(uri)
  if (image === undefined) {
    return contradiction(
      path,
      `${MOUNTED}, but ${uri} is not an image`,
      'Give an oci:// URI, or fetch it by kserve or {image}.',
    )
  }
  if (!isImageReference(image)) return [noReference('spec.model.uri', uri)]
  if (spec.runtime !== 'kserve') return []
  if (format !== undefined) return besidesKserve(endpoint)
  if (spec.kserve.deploymentMode !== 'serverless') return []
  return contradiction(
    path,
    `${MOUNTED}, but Knative mounts no images`,
    'Set spec.kserve.deploymentMode to raw, or use "fetch: kserve".',
  )
}

/** KServe's own way (0.20, utils.ConfigureOciNativeToContainer): the folder models of the image, pulled when it is not there. */
function besidesKserve({ spec, kserveVersion }: Endpoint): Fault[] {
  const { subPath = 'models', pullPolicy = 'IfNotPresent' } = spec.model ?? {}
  if (isOlder(kserveVersion, 20)) {
    return contradiction(
      'spec.model.fetch',
      `${MOUNTED}, but KServe ${kserveVersion} does not mount images of models with a format: 0.20 is the first that does`,
      'Use "fetch: kserve", or set kserve.version of the environment.',
    )
  }
  if (subPath !== 'models') {
    return contradiction(
      'spec.model.subPath',
      `spec.model.subPath is ${subPath}, but KServe mounts the folder models of an image`,
      'Leave subPath out.',
    )
  }
  if (pullPolicy === 'IfNotPresent') return []
  return contradiction(
    'spec.model.pullPolicy',
    `spec.model.pullPolicy is ${pullPolicy}, but KServe pulls an image of weights IfNotPresent`,
    'Leave pullPolicy out.',
  )
}

function withoutImage({ spec }: Endpoint): Fault[] {
  return (['subPath', 'pullPolicy'] as const)
    .filter(field => spec.model?.[field] !== undefined)
    .flatMap(field =>
      contradiction(
        `spec.model.${field}`,
        `spec.model.${field} is given, but the model is not mounted from an image`,
        'Set spec.model.fetch to image, or leave it out.',
      ),
    )
}

function adapterFaults({ spec }: Endpoint): Fault[] {
  const { adapters = [] } = spec
  const isServerless = spec.runtime === 'kserve' && spec.kserve.deploymentMode === 'serverless'
  return adapters.flatMap(({ uri, pullPolicy }, index) => {
    const path = `spec.adapters[${index}]`
    if (uri.startsWith('pvc://')) {
      return pullPolicy === undefined
        ? []
        : contradiction(
            `${path}.pullPolicy`,
            `${path}.pullPolicy is given, but ${uri} is not pulled`,
            'Leave it out.',
          )
    }
    if (!isImageReference(imageOfUri(uri) ?? '')) return [noReference(`${path}.uri`, uri)]
    if (!isServerless) return []
    return contradiction(
      `${path}.uri`,
      `${path}.uri is an image, but Knative mounts no images`,
      'Use pvc://, or set spec.kserve.deploymentMode to raw.',
    )
  })
}

function contradiction(path: string, message: string, remedy: string): Fault[] {
  return [{ code: 'contradiction', path, message, remedy }]
}

function noReference(path: string, uri: string): Fault {
  return {
    code: 'bad-value',
    path,
    message: `${path} is ${uri}, and that names no image`,
    remedy:
      'Write oci:// before the reference of an image, such as oci://registry.example.com/llama:3.1.',
  }
}
