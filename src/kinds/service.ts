import type { Kind } from './kind.ts'

export const SERVICE: Kind = {
  apiVersion: 'v1',
  kind: 'Service',
  wave: 'service',
  isRendered: true,
  suffix: '-svc',
  isReadyWhenStored: true,
  selects: { path: ['spec', 'selector'], isPlain: true, loss: 'loses its pods' },
  allocated: ['clusterIP', 'clusterIPs', 'healthCheckNodePort'],
}
