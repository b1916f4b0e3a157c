import { groupKind } from '../../plan/index.ts'
import type { DeleteOptions } from '../../cluster/index.ts'
import type { KubeObject } from '../../object/index.ts'

/**
 * Kinds that bring nothing else about. In Foreground the garbage collector would have to take its finalizer off each of
 * them, a few in a second.
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
export function propagationOf(object: KubeObject): DeleteOptions['propagation'] {
  const kind = groupKind(object)
  const isLeaf = kind === 'Ingress.networking.k8s.io' ? !hasTls(object) : LEAVES.has(kind)
  return isLeaf ? 'Background' : 'Foreground'
}

/**
 * cert-manager makes a Certificate for each entry, named after its Secret, that the Ingress owns
 * (https://cert-manager.io/docs/usage/ingress/); for an Ingress without TLS it makes none.
 */
function hasTls({ spec }: KubeObject): boolean {
  const { tls } = (spec ?? {}) as { tls?: unknown[] }
  return tls !== undefined && tls.length > 0
}
