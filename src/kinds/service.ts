import type { Kind } from './kind.ts'

export const SERVICE: Kind = {
  apiVersion: 'v1',
  kind: 'Service',
  wave: 'service',
  isRendered: true,
  suffix: '-svc',
  isReadyWhenStored: true,
  selects: { path: ['spec', 'selector'], isPlain: true, loss: 'loses its pods' },
  // pkg/apis/core/v1/defaults.go of Kubernetes.
  defaults: {
    type: ['ClusterIP'],
    protocol: ['TCP'],
    sessionAffinity: ['None'],
    internalTrafficPolicy: ['Cluster'],
  },
  allocated: ['clusterIP', 'clusterIPs', 'healthCheckNodePort'],
}
