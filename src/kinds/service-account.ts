import type { Kind } from './kind.ts'
import { partsIn } from './parts.ts'

export const SERVICE_ACCOUNT: Kind = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  wave: 'configuration',
  isRendered: true,
  suffix: '-sa',
  field: 'spec.serviceAccount',
  isLeaf: () => true,
  isReadyWhenStored: true,
  parts: partsIn('image pull secret', ['imagePullSecrets']),
  needed: { consequence: 'no pod is created without it', field: () => 'spec.serviceAccount' },
}
