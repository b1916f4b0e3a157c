import { groupKind } from '../plan/index.ts'
import type { DeleteOptions, KindRef } from '../cluster/index.ts'

/**
 * Kinds that bring nothing else about. In Foreground the garbage collector would have to take its finalizer off each of
 * them, a few in a second. An Ingress is none of them: cert-manager makes a Certificate that it owns.
 */
const LEAVES = new Set([
  'ConfigMap',
  'Secret',
  'ServiceAccount',
  'HorizontalPodAutoscaler.autoscaling',
  'PodDisruptionBudget.policy',
  'NetworkPolicy.networking.k8s.io',
  'Role.rbac.authorization.k8s.io',
  'RoleBinding.rbac.authorization.k8s.io',
  'ServiceMonitor.monitoring.coreos.com',
])

/** Foreground, so that the object outlives what it owns; Background where it owns nothing. Both are awaited (D1). */
export function propagationOf(type: KindRef): DeleteOptions['propagation'] {
  return LEAVES.has(groupKind(type)) ? 'Background' : 'Foreground'
}
