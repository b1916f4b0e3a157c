import { at } from '../object/index.ts'
import type { Kind } from './kind.ts'
import { reference } from './reference.ts'
import { STORAGE_CLASS } from './storage-class.ts'

export const PERSISTENT_VOLUME_CLAIM: Kind = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  wave: 'configuration',
  holdsData: true,
  allocated: ['volumeName'],
  references: claim =>
    reference(STORAGE_CLASS, at(claim, 'spec', 'storageClassName'), 'storage class'),
  needed: { consequence: 'pods are not scheduled without it', field: () => 'spec.volumes' },
}
