import type { Kind } from './kind.ts'

/** Of cert-manager (https://cert-manager.io/docs/configuration/issuers/). */
export const ISSUER: Kind = {
  apiVersion: 'cert-manager.io/v1',
  kind: 'Issuer',
  wave: 'configuration',
}

export const CLUSTER_ISSUER: Kind = { ...ISSUER, kind: 'ClusterIssuer' }
