import type { Kind } from './kind.ts'
import { partsIn } from './parts.ts'

export const ROLE_BINDING: Kind = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  wave: 'configuration',
  isLeaf: () => true,
  isReadyWhenStored: true,
  parts: partsIn('subject', ['subjects']),
}
