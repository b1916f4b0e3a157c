import type { KubeObject, ObjectRef } from '../object/index.ts'

const SUFFIXES: readonly [apiVersion: string, kind: string, suffix: string][] = [
  ['v1', 'Service', '-svc'],
  ['autoscaling/v2', 'HorizontalPodAutoscaler', '-hpa'],
  ['networking.k8s.io/v1', 'Ingress', '-ingress'],
  ['policy/v1', 'PodDisruptionBudget', '-pdb'],
  ['networking.k8s.io/v1', 'NetworkPolicy', '-net'],
  ['monitoring.coreos.com/v1', 'ServiceMonitor', '-metrics'],
]

/** Objects beside a workload that slipway would write under these names. */
export function relatedRefs({ metadata: { name, namespace = '' } }: KubeObject): ObjectRef[] {
  const named = SUFFIXES.map(([apiVersion, kind, suffix]) => ({
    apiVersion,
    kind,
    namespace,
    name: `${name}${suffix}`,
  }))
  return [...named, { apiVersion: 'v1', kind: 'ServiceAccount', namespace, name: `${name}-sa` }]
}
