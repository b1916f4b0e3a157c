import type { KubeObject } from '../../src/object/index.ts'
import { kubectlFor } from './kubectl.ts'

/** Definitions of kinds that slipway renders, without schema and controller: objects of them can be kept, and that is all. */

interface Defined {
  group: string
  version: string
  kind: string
}

const INFERENCE_SERVICE: Defined = {
  group: 'serving.kserve.io',
  version: 'v1beta1',
  kind: 'InferenceService',
}

export const SERVICE_MONITOR: Defined = {
  group: 'monitoring.coreos.com',
  version: 'v1',
  kind: 'ServiceMonitor',
}

const SCALED_OBJECT: Defined = { group: 'keda.sh', version: 'v1alpha1', kind: 'ScaledObject' }

const HTTP_ROUTE: Defined = {
  group: 'gateway.networking.k8s.io',
  version: 'v1',
  kind: 'HTTPRoute',
}

/** Every kind that slipway renders is served. For everybody in the cluster: use a sandbox of one's own. */
export async function defineKinds(sandbox: Parameters<typeof kubectlFor>[0]): Promise<void> {
  const kubectl = kubectlFor(sandbox)
  const definitions = [INFERENCE_SERVICE, SERVICE_MONITOR, SCALED_OBJECT, HTTP_ROUTE].map(kind =>
    definitionOf(kind),
  )
  await kubectl.apply({ apiVersion: 'v1', kind: 'List', items: definitions })
  const names = definitions.map(({ metadata }) => `crd/${metadata.name}`)
  await kubectl('wait', '--for=condition=Established', '--timeout=60s', ...names)
}

/** With `served: false` the kind is unknown for as long as that is said, and its objects stay where they are. */
export function definitionOf({ group, version, kind }: Defined, served = true): KubeObject {
  const singular = kind.toLowerCase()
  const plural = `${singular}s`
  const schema = {
    openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      // Groups of the Kubernetes project are served only with it.
      ...(group.endsWith('.k8s.io') && {
        annotations: {
          'api-approved.kubernetes.io': 'https://github.com/kubernetes-sigs/gateway-api',
        },
      }),
    },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, singular, plural, listKind: `${kind}List` },
      versions: [{ name: version, served, storage: true, schema }],
    },
  }
}
