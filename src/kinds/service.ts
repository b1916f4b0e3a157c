import type { Kind } from './kind.ts'
import { partsIn } from './parts.ts'

/** Which pods a Service leads to, as its controller has found. */
export const ENDPOINT_SLICE = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' } as const

/** The same as one object, of before EndpointSlices. */
export const ENDPOINTS = { apiVersion: 'v1', kind: 'Endpoints' } as const

export const SERVICE: Kind = {
  apiVersion: 'v1',
  kind: 'Service',
  wave: 'service',
  isRendered: true,
  suffix: '-svc',
  isReadyWhenStored: true,
  // EndpointSlices, which name it.
  isLeafForGood: true,
  selects: { path: ['spec', 'selector'], isPlain: true, loss: 'loses its pods' },
  // pkg/apis/core/v1/defaults.go of Kubernetes.
  defaults: {
    type: ['ClusterIP'],
    protocol: ['TCP'],
    targetPort: ({ port }) => [port],
    sessionAffinity: ['None'],
    internalTrafficPolicy: ['Cluster'],
    externalTrafficPolicy: ({ type }) => (isOutside(type) ? ['Cluster'] : []),
    allocateLoadBalancerNodePorts: ({ type }) => (type === 'LoadBalancer' ? [true] : []),
    ipFamilyPolicy: ['SingleStack'],
    ipFamilies: [['IPv4'], ['IPv6']],
  },
  parts: partsIn('port', ['spec', 'ports'], 'port'),
  allocated: ['clusterIP', 'clusterIPs', 'healthCheckNodePort'],
}

function isOutside(type: unknown): boolean {
  return type === 'LoadBalancer' || type === 'NodePort'
}
