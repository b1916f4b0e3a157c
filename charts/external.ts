import type { k8s } from 'cdk8s-plus-28'
import { failure } from '../src/problem/index.ts'
import { BUILT_IN, type Endpoint } from '../src/spec/index.ts'
import type { Blueprint } from './blueprint.ts'
import { metadataOf } from './labels.ts'
import { namesOf } from './names.ts'
import type { Manifest } from './plain.ts'

/** A model hosted elsewhere (R10): no workload, the same Service name, which is an alias of that host. */
export function externalService(blueprint: Blueprint): Manifest<k8s.KubeServiceProps> {
  const { endpoint } = blueprint
  const port = servicePortOf(endpoint)
  const { annotations } = endpoint.spec.service || {}
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataOf(blueprint, namesOf(endpoint).service, annotations),
    spec: {
      type: 'ExternalName',
      externalName: hostOf(endpoint),
      ports: [{ name: 'http', port, protocol: 'TCP', targetPort: port }],
    },
  }
}

/** The port that clients of `{name}-svc` use. An alias maps no ports: there it is the other host's. */
export function servicePortOf({ spec }: Endpoint): number {
  const external = spec.runtime === 'external' ? spec.external?.port : undefined
  return external ?? (spec.service || BUILT_IN.service).port
}

function hostOf(endpoint: Endpoint): string {
  const host = endpoint.spec.external?.host
  if (host !== undefined) return host
  const place = endpoint.placeOf('spec.runtime')
  throw failure('missing-field', `${endpoint.name} is external and names no host.`, {
    endpoint: endpoint.name,
    ...(place === undefined ? {} : { place }),
    remedy: 'Set spec.external.host.',
  })
}
