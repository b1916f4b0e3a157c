import type { Kind } from './kind.ts'
import { POD_TEMPLATE, TEMPLATE_DEFAULTS, isOfTemplate } from './pod-template.ts'
import { POD } from './pod.ts'

export const STATEFUL_SET: Kind = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  wave: 'workload',
  pods: {
    ...POD_TEMPLATE,
    isReplacedBy: isOfTemplate,
    strategy: ['spec', 'updateStrategy'],
    isScalable: true,
  },
  defaults: TEMPLATE_DEFAULTS,
  makes: [POD],
}
