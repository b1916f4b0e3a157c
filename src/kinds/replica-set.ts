import type { Kind } from './kind.ts'
import { POD_TEMPLATE } from './pod-template.ts'
import { POD } from './pod.ts'

export const REPLICA_SET: Kind = {
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  wave: 'configuration',
  pods: POD_TEMPLATE,
  makes: [POD],
}
