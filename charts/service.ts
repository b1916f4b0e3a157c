import type { k8s } from 'cdk8s-plus-28'
import type { Blueprint } from './blueprint.ts'
import { metadataOf, selectorOf } from './labels.ts'
import { namesOf } from './names.ts'
import type { Manifest } from './plain.ts'
import { servicePortsOf } from './pod-parts/ports.ts'
import { scrapeLabelOf } from './scrape.ts'

/** The stable name that clients use, in both runtimes: it stays when the runtime is switched (K8). */
export function service(blueprint: Blueprint): Manifest<k8s.KubeServiceProps> {
  const { name, spec } = blueprint.endpoint
  const metadata = metadataOf(blueprint, namesOf(name).service, spec.service.annotations)
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...metadata, labels: { ...metadata.labels, ...scrapeLabelOf(blueprint.endpoint) } },
    spec: {
      type: 'ClusterIP',
      selector: selectorOf(blueprint),
      ports: servicePortsOf(blueprint.endpoint),
    },
  }
}
