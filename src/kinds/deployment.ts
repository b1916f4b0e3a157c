import type { Kind } from './kind.ts'
import { POD_TEMPLATE, TEMPLATE_DEFAULTS, isOfTemplate } from './pod-template.ts'
import { REPLICA_SET } from './replica-set.ts'

export const DEPLOYMENT: Kind = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  shortNames: ['deploy'],
  wave: 'workload',
  isRendered: true,
  runtime: 'deployment',
  pods: { ...POD_TEMPLATE, isReplacedBy: isOfTemplate, isScalable: true },
  defaults: TEMPLATE_DEFAULTS,
  makes: [REPLICA_SET],
}
