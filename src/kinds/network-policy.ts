import type { Kind } from './kind.ts'

export const NETWORK_POLICY: Kind = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  wave: 'configuration',
  isRendered: true,
  suffix: '-net',
  field: 'spec.networkPolicy',
  isLeaf: () => true,
  isReadyWhenStored: true,
  atomic: ['ingress', 'egress', 'policyTypes'],
  defaults: { protocol: ['TCP'] },
  selects: { path: ['spec', 'podSelector'], loss: 'no longer applies to its pods' },
}
