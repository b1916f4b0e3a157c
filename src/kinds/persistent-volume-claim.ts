import type { Kind } from './kind.ts'

export const PERSISTENT_VOLUME_CLAIM: Kind = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  wave: 'configuration',
  holdsData: true,
  allocated: ['volumeName'],
  needed: { consequence: 'pods are not scheduled without it', field: () => 'spec.volumes' },
}
