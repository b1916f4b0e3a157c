import type { Kind } from './kind.ts'
import { POD_TEMPLATE, isOfTemplate } from './pod-template.ts'
import { POD } from './pod.ts'

export const DAEMON_SET: Kind = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  shortNames: ['ds'],
  wave: 'workload',
  pods: { ...POD_TEMPLATE, isReplacedBy: isOfTemplate, strategy: ['spec', 'updateStrategy'] },
  makes: [POD],
}
