import { at, entries, text } from '../object/index.ts'
import type { Kind } from './kind.ts'
import { POD_TEMPLATE, TEMPLATE_DEFAULTS, isOfTemplate } from './pod-template.ts'
import { POD } from './pod.ts'
import { reference } from './reference.ts'
import { STORAGE_CLASS } from './storage-class.ts'

export const STATEFUL_SET: Kind = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  shortNames: ['sts'],
  wave: 'workload',
  pods: {
    ...POD_TEMPLATE,
    isReplacedBy: isOfTemplate,
    strategy: ['spec', 'updateStrategy'],
    isScalable: true,
  },
  defaults: {
    ...TEMPLATE_DEFAULTS,
    podManagementPolicy: ['OrderedReady'],
    partition: [0],
    updateStrategy: [{ type: 'RollingUpdate', rollingUpdate: { partition: 0 } }],
    persistentVolumeClaimRetentionPolicy: [{ whenDeleted: 'Retain', whenScaled: 'Retain' }],
  },
  makes: [POD],
  references: object =>
    entries(at(object, 'spec', 'volumeClaimTemplates')).flatMap(template =>
      reference(
        STORAGE_CLASS,
        at(template, 'spec', 'storageClassName'),
        `storage class of claim ${text(at(template, 'metadata', 'name')) ?? ''}`,
      ),
    ),
}
