import type { Kind } from './kind.ts'

/** Of the External Secrets Operator (https://external-secrets.io/latest/api/secretstore/). */
export const SECRET_STORE: Kind = {
  apiVersion: 'external-secrets.io/v1',
  kind: 'SecretStore',
  wave: 'configuration',
}

export const CLUSTER_SECRET_STORE: Kind = { ...SECRET_STORE, kind: 'ClusterSecretStore' }
