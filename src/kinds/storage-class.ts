import type { Kind } from './kind.ts'

export const STORAGE_CLASS: Kind = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  wave: 'configuration',
  isReadyWhenStored: true,
  needed: {
    consequence:
      'nobody makes a volume for the claim: it is bound only to one that was made by hand for this class',
    field: () => 'spec.volumes',
    // A volume that an administrator made for a name does for a class that is only a name.
    isReplaceable: true,
  },
}
