import type { k8s } from 'cdk8s-plus-28'
import type { Blueprint } from '../blueprint.ts'
import { servicePortOf } from '../external.ts'
import { metadataOf } from '../labels.ts'
import { namesOf } from '../names.ts'
import type { Manifest } from '../plain.ts'

/** Undefined when none is asked for. */
export function ingress(blueprint: Blueprint): Manifest<k8s.KubeIngressProps> | undefined {
  const { spec } = blueprint.endpoint
  if (!spec.ingress) return undefined
  const { host, path = '/', tls, className, annotations } = spec.ingress
  const number = servicePortOf(blueprint.endpoint)
  const backend = { service: { name: namesOf(blueprint.endpoint).service, port: { number } } }
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: metadataOf(blueprint, namesOf(blueprint.endpoint).ingress, annotations),
    spec: {
      ingressClassName: className,
      rules: [{ host, http: { paths: [{ path, pathType: 'Prefix', backend }] } }],
      tls: tls === undefined ? undefined : [{ hosts: [host], secretName: tls }],
    },
  }
}
