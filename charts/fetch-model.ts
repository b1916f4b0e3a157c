import type { Endpoint } from '../src/spec/index.ts'
import { environmentOf, environmentSourcesOf } from './environment.ts'
import { isMounted, MODEL_PATH } from './model/weights.ts'
import type { Container } from './plain.ts'
import { resourcesOf } from './resources.ts'
import { containerSecurityOf } from './security.ts'
import { fetchImageOf, isBroughtByKserve, scratchMountOf } from './storage.ts'

/**
 * Brings the model to /mnt/models before the server starts, in both runtimes alike. The image is the user's choice; its two
 * arguments are those of KServe's storage initializer, which is one that fits.
 */
export function modelFetcher(endpoint: Endpoint): Container | undefined {
  const image = fetchImageOf(endpoint)
  const uri = endpoint.spec.model?.uri
  if (uri === undefined || isBroughtByKserve(endpoint) || isMounted(endpoint)) return undefined
  if (image === undefined) return storageInitializer(endpoint, uri)
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

/** KServe's own init container, from the catalogue; the endpoint's variables bring its credentials. */
function storageInitializer(endpoint: Endpoint, uri: string): Container | undefined {
  const container = endpoint.serving?.storageContainer?.container
  if (container === undefined || uri.startsWith('pvc://')) return undefined
  const given: Partial<Container> = container
  const env = [...(given.env ?? []), ...environmentOf(endpoint)]
  return {
    ...given,
    name: container.name,
    args: [uri, MODEL_PATH],
    env: env.length === 0 ? undefined : env,
    envFrom: environmentSourcesOf(endpoint) ?? given.envFrom,
    volumeMounts: [...(given.volumeMounts ?? []), { name: 'model', mountPath: MODEL_PATH }],
    securityContext: { ...containerSecurityOf(endpoint), ...given.securityContext },
  }
}

/** A GPU is reserved for the whole pod by its server; fetching needs none. */
function withoutGpus(endpoint: Endpoint): Endpoint {
  const { spec } = endpoint
  return { ...endpoint, spec: { ...spec, resources: { ...spec.resources, gpus: 0 } } }
}
