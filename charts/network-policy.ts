import type { k8s } from 'cdk8s-plus-28'
import type { Blueprint } from './blueprint.ts'
import { ENDPOINT_LABEL } from '../src/object/index.ts'
import { podLabelsOf } from './canary/candidate.ts'
import { metadataOf, selectorOf } from './labels.ts'
import { namesOf } from './names.ts'
import type { Manifest, Plain } from './plain.ts'

function podsOf(blueprint: Blueprint): Plain<k8s.LabelSelector> {
  const [only, ...others] = podLabelsOf(blueprint.endpoint)
  if (only === undefined || others.length === 0) return { matchLabels: selectorOf(blueprint) }
  const values = [only, ...others]
  return { matchExpressions: [{ key: ENDPOINT_LABEL, operator: 'In', values }] }
}

type Peer = Plain<k8s.NetworkPolicyPeer>

/** Only where it is asked for: which peers may reach the one port. What the server itself calls stays open. */
export function networkPolicy(
  blueprint: Blueprint,
): Manifest<k8s.KubeNetworkPolicyProps> | undefined {
  const { spec } = blueprint.endpoint
  if (!spec.networkPolicy) return undefined
  const from = (spec.networkPolicy.from ?? [{ podSelector: {} }]) as Peer[]
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadataOf(blueprint, namesOf(blueprint.endpoint).networkPolicy),
    spec: {
      podSelector: podsOf(blueprint),
      policyTypes: ['Ingress'],
      ingress: [{ from, ports: [{ protocol: 'TCP', port: spec.port }] }],
    },
  }
}
