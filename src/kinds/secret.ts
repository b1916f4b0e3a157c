import type { Kind } from './kind.ts'
import { keysOf } from './parts.ts'

export const SECRET: Kind = {
  apiVersion: 'v1',
  kind: 'Secret',
  wave: 'configuration',
  isLeaf: () => true,
  isReadyWhenStored: true,
  parts: keysOf,
  hides: 'all',
  needed: {
    consequence: 'without it images are not pulled, or containers not started',
    field: purpose =>
      purpose === 'image pull secret' ? 'spec.imagePullSecrets' : fieldOfUse(purpose),
  },
}

/** Where an endpoint names a Secret or a ConfigMap for this purpose. */
export function fieldOfUse(purpose: string): string {
  if (purpose === 'certificate') return 'spec.ingress'
  return purpose.startsWith('volume') ? 'spec.volumes' : 'spec.env'
}
