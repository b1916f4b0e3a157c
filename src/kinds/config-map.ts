import type { Kind } from './kind.ts'
import { keysOf } from './parts.ts'
import { fieldOfUse } from './secret.ts'

export const CONFIG_MAP: Kind = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  wave: 'configuration',
  isLeaf: () => true,
  isReadyWhenStored: true,
  parts: keysOf,
  hides: 'telling',
  needed: { consequence: 'containers are not started without it', field: fieldOfUse },
}
