import type { Kind } from './kind.ts'

export const ROLE: Kind = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  wave: 'configuration',
  isLeaf: () => true,
  isReadyWhenStored: true,
}
