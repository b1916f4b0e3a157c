import type { Kind } from './kind.ts'

/** Of the Prometheus operator. It selects Services, not pods. */
export const SERVICE_MONITOR: Kind = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'ServiceMonitor',
  wave: 'traffic',
  isRendered: true,
  suffix: '-metrics',
  field: 'spec.metrics',
  isLeaf: () => true,
  isReadyWhenStored: true,
  atomic: ['endpoints', 'matchNames'],
}
