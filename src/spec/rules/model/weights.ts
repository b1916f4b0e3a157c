import { imageOfUri } from '../../catalogue/image-uri.ts'
import { isImageReference } from '../../schema/parts.ts'
import type { Found } from '../../../problem/index.ts'
import type { Endpoint } from '../../set.ts'
import { isServerless } from '../../traits.ts'
import { contradiction, type Finding, type Rule } from '../rule.ts'
import { isOlder } from './kserve-version.ts'

/** Weights that are an image are mounted only from an image, and where the runtime can mount one. */
export const weightsCanBeMounted: Rule = endpoint => {
  const { spec } = endpoint
  if (spec.runtime === 'external') return []
  const isMounted = spec.model?.fetch === 'image'
  return [isMounted ? ofImage(endpoint) : withoutImage(endpoint), adapterFaults(endpoint)]
}

const MOUNTED = 'spec.model.fetch is image'

function ofImage(endpoint: Endpoint): Finding | undefined {
  const { spec } = endpoint
  const { uri, format } = spec.model ?? {}
  const path = 'spec.model.fetch'
  // What has no URI, or one that is mounted anyway, is told by the rule on fetching.
  if (uri === undefined || uri.startsWith('pvc://')) return undefined
  const image = imageOfUri(uri)
  if (image === undefined) {
    return contradiction(
      path,
      `${MOUNTED}, but ${uri} is not an image`,
      'Give an oci:// URI, or fetch it by kserve or {image}.',
    )
  }
  if (!isImageReference(image)) return noReference('spec.model.uri', uri)
  if (spec.runtime !== 'kserve') return undefined
  if (format !== undefined) return besidesKserve(endpoint)
  if (spec.kserve.deploymentMode !== 'serverless') return undefined
  return contradiction(
    path,
    `${MOUNTED}, but Knative mounts no images`,
    'Set spec.kserve.deploymentMode to raw, or use "fetch: kserve".',
  )
}

/** KServe's own way (0.20, utils.ConfigureOciNativeToContainer): the folder models of the image, pulled when it is not there. */
function besidesKserve({ spec, kserveVersion }: Endpoint): Finding | undefined {
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
  if (pullPolicy === 'IfNotPresent') return undefined
  return contradiction(
    'spec.model.pullPolicy',
    `spec.model.pullPolicy is ${pullPolicy}, but KServe pulls an image of weights IfNotPresent`,
    'Leave pullPolicy out.',
  )
}

function withoutImage({ spec }: Endpoint): Finding | undefined {
  const field = (['subPath', 'pullPolicy'] as const).find(each => spec.model?.[each] !== undefined)
  return (
    field &&
    contradiction(
      `spec.model.${field}`,
      `spec.model.${field} is given, but the model is not mounted from an image`,
      'Set spec.model.fetch to image, or leave it out.',
    )
  )
}

function adapterFaults({ spec }: Endpoint): Found<Finding> {
  const { adapters = [] } = spec
  return adapters.map(({ uri, pullPolicy }, index) => {
    const path = `spec.adapters[${index}]`
    if (uri.startsWith('pvc://')) {
      const message = `${path}.pullPolicy is given, but ${uri} is not pulled`
      return pullPolicy && contradiction(`${path}.pullPolicy`, message, 'Leave it out.')
    }
    if (!isImageReference(imageOfUri(uri) ?? '')) return noReference(`${path}.uri`, uri)
    if (!isServerless({ spec })) return undefined
    return contradiction(
      `${path}.uri`,
      `${path}.uri is an image, but Knative mounts no images`,
      'Use pvc://, or set spec.kserve.deploymentMode to raw.',
    )
  })
}

function noReference(path: string, uri: string): Finding {
  return {
    code: 'bad-value',
    path,
    message: `${path} is ${uri}, and that names no image`,
    remedy:
      'Write oci:// before the reference of an image, such as oci://registry.example.com/llama:3.1.',
  }
}
