import type { ServingRuntimeCatalogue } from '../../catalogue/serving-runtimes.ts'
import { isFor } from '../../catalogue/serving.ts'
import type { Endpoint } from '../../set.ts'
import type { Finding, Rule } from '../rule.ts'
import { isOlder } from './kserve-version.ts'

/**
 * What KServe's controller takes of itself, 0.16 to 0.20 (SupportedStorageURIPrefixList in pkg/controller/v1beta1/inferenceservice/utils/utils.go), and what
 * servers that fetch by themselves take.
 */
const SCHEMES = ['s3', 'gs', 'hf', 'https', 'http', 'oci', 'hdfs', 'webhdfs', 'file', 'pvc']

/** An image as a volume, since 0.20. */
const NATIVE = 'oci+native'

/** A model is where somebody can get it: by a scheme that KServe knows, or that a ClusterStorageContainer is for. */
export const modelUriIsKnown: Rule = (endpoint, { catalogues: { servingRuntimes } }) => {
  const { uri } = endpoint.spec.model ?? {}
  if (uri === undefined || endpoint.spec.runtime === 'external') return []
  const fault = faultOf(uri, endpoint, servingRuntimes)
  return fault && { code: 'bad-value', path: 'spec.model.uri', ...fault }
}

function faultOf(
  uri: string,
  { spec, kserveVersion }: Endpoint,
  catalogue: ServingRuntimeCatalogue | undefined,
): Pick<Finding, 'message' | 'cause' | 'remedy'> | undefined {
  const scheme = uri.slice(0, uri.indexOf('://'))
  const isTaken = catalogue?.storageContainers.some(container => isFor(container, uri)) === true
  // What is to be mounted as an image is told by the rule on weights.
  if (SCHEMES.includes(scheme) || isTaken || spec.model?.fetch === 'image') return undefined
  const isByKserve = spec.model?.format !== undefined || spec.model?.fetch === 'kserve'
  if (scheme === NATIVE) {
    const isTooEarly = spec.runtime === 'kserve' && isByKserve && isOlder(kserveVersion, 20)
    return isTooEarly ? tooEarly(kserveVersion) : undefined
  }
  return {
    message: `spec.model.uri begins with ${scheme}://, which nobody is known to fetch`,
    cause: `KServe takes ${SCHEMES.map(known => `${known}://`).join(', ')}, and ${NATIVE}:// since 0.20; no ClusterStorageContainer in the catalogue of serving runtimes is for this one.`,
    remedy:
      'Correct it, or add the ClusterStorageContainer that brings it ("slipway import servingruntimes" writes those of a cluster).',
  }
}

function tooEarly(version: string): Pick<Finding, 'message' | 'remedy'> {
  return {
    message: `spec.model.uri begins with ${NATIVE}://, but KServe ${version} does not take it: 0.20 is the first that does`,
    remedy: 'Use oci://, or set kserve.version of the environment.',
  }
}
