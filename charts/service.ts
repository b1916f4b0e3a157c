import type { k8s } from 'cdk8s-plus-28'
import type { Endpoint } from '../src/spec/index.ts'
import { isWritten } from './pod-parts/as-said.ts'
import type { Blueprint } from './blueprint.ts'
import { metadataOf, selectorOf } from './labels.ts'
import { namesOf } from './names.ts'
import type { Manifest } from './plain.ts'
import { servicePortsOf } from './pod-parts/ports.ts'
import { scrapeLabelOf } from './scrape.ts'

/** The stable name that clients use, in both runtimes: it stays when the runtime is switched (K8). */
export function service(blueprint: Blueprint): Manifest<k8s.KubeServiceProps> | undefined {
  const { endpoint } = blueprint
  const given = endpoint.spec.service
  if (!given || !isNeeded(endpoint)) return undefined
  const metadata = metadataOf(blueprint, namesOf(endpoint).service, given.annotations)
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...metadata, labels: { ...metadata.labels, ...scrapeLabelOf(blueprint.endpoint) } },
    spec: {
      type: 'ClusterIP',
      selector: selectorOf(blueprint),
      ports: servicePortsOf(blueprint.endpoint, given.port),
    },
  }
}

/** Clients of an InferenceService that was there before use KServe's own Service, until something here leads to this one. */
function isNeeded(endpoint: Endpoint): boolean {
  const { ingress, metrics } = endpoint.spec
  const isUsed = (ingress ?? false) !== false || (metrics ?? false) !== false
  return (
    isUsed || ['name', 'port', 'annotations'].some(field => isWritten(endpoint, `service.${field}`))
  )
}
