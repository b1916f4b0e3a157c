import type { Endpoint } from '../src/spec/index.ts'
import { environmentOf, environmentSourcesOf } from './environment.ts'
import type { Container } from './plain.ts'
import { resourcesOf } from './resources.ts'
import { containerSecurityOf } from './security.ts'
import { fetchImageOf, MODEL_PATH, scratchMountOf } from './storage.ts'

/**
 * Brings the model to /mnt/models before the server starts, in both runtimes alike. The image is the user's choice; its two
 * arguments are those of KServe's storage initializer, which is one that fits.
 */
export function modelFetcher(endpoint: Endpoint): Container | undefined {
  const image = fetchImageOf(endpoint)
  const uri = endpoint.spec.model?.uri
  if (image === undefined || uri === undefined) return undefined
  const scratch = scratchMountOf(endpoint)
  return {
    name: 'fetch-model',
    image,
    imagePullPolicy: endpoint.spec.imagePullPolicy,
    args: [uri, MODEL_PATH],
    env: environmentOf(endpoint),
    envFrom: environmentSourcesOf(endpoint),
    resources: resourcesOf(withoutGpus(endpoint)) ?? {},
    volumeMounts: [
      { name: 'model', mountPath: MODEL_PATH },
      ...(scratch === undefined ? [] : [scratch]),
    ],
    securityContext: containerSecurityOf(endpoint),
  }
}

/** A GPU is reserved for the whole pod by its server; fetching needs none. */
function withoutGpus(endpoint: Endpoint): Endpoint {
  const { spec } = endpoint
  return { ...endpoint, spec: { ...spec, resources: { ...spec.resources, gpus: 0 } } }
}
