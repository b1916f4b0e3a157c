import { failure } from '../src/problem/index.ts'
import { isServerless, type Endpoint } from '../src/spec/index.ts'
import { isWritten, writesDefaults } from './pod-parts/as-said.ts'
import { environmentOf, environmentSourcesOf } from './environment.ts'
import type { Container } from './plain.ts'
import { containerPortsOf, knativePortOf, saidPortsOf } from './pod-parts/ports.ts'
import { probesOf } from './probes.ts'
import { resourcesOf } from './resources.ts'
import { containerSecurityOf, knativeSecurityOf } from './security.ts'
import { lifecycleOf } from './shutdown.ts'
import { volumeMountsOf } from './storage.ts'

/**
 * THE model server's container: the only place that makes one, for both runtimes (K1). Said as KServe's webhook and definition would complete
 * it, so that an unchanged InferenceService is known without asking (docs/decisions/0015).
 */
export function modelServer(endpoint: Endpoint, name: string): Container {
  const { spec } = endpoint
  return {
    name,
    image: imageOf(endpoint),
    imagePullPolicy: isWritten(endpoint, 'imagePullPolicy') ? spec.imagePullPolicy : undefined,
    command: orAbsent(spec.command),
    args: orAbsent(spec.args),
    env: orAbsent(environmentOf(endpoint)),
    envFrom: orAbsent(environmentSourcesOf(endpoint)),
    resources: resourcesOf(endpoint) ?? (writesDefaults(endpoint) ? {} : undefined),
    volumeMounts: volumeMountsOf(endpoint),
    ...probesOf(endpoint),
    ...(isServerless(endpoint) ? knativeParts(endpoint) : podParts(endpoint)),
  }
}

function podParts(endpoint: Endpoint) {
  return {
    ports: writesDefaults(endpoint) ? containerPortsOf(endpoint) : saidPortsOf(endpoint),
    lifecycle: lifecycleOf(endpoint),
    securityContext: containerSecurityOf(endpoint),
  }
}

/** Knative refuses a lifecycle, and port names other than its own (knative.dev/serving, fieldmask.go). */
function knativeParts(endpoint: Endpoint) {
  return {
    ports: writesDefaults(endpoint) ? [knativePortOf(endpoint)] : saidPortsOf(endpoint),
    securityContext: knativeSecurityOf(endpoint),
  }
}

function imageOf(endpoint: Endpoint): string {
  const { image } = endpoint.spec
  if (image !== undefined) return image
  throw failure('image-not-found', `${endpoint.name} has no image.`, {
    endpoint: endpoint.name,
    ...placeOf(endpoint, 'spec'),
    remedy: 'Set spec.image, or serves with an entry in images.yaml.',
  })
}

function placeOf(endpoint: Endpoint, path: string) {
  const place = endpoint.placeOf(path)
  return place === undefined ? {} : { place }
}

function orAbsent<Item>(list: readonly Item[] | undefined): readonly Item[] | undefined {
  return list?.length === 0 ? undefined : list
}
