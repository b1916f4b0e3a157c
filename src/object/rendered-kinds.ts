import type { ObjectRef } from './ref.ts'

/**
 * Every kind that an endpoint can become, in the versions that charts write: what a set may hold, when nobody says what it
 * holds. A test renders all of them, and no other.
 */
export const RENDERED_TYPES: readonly Pick<ObjectRef, 'apiVersion' | 'kind'>[] = [
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
  { apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
  { apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService' },
  { apiVersion: 'v1', kind: 'Service' },
  { apiVersion: 'v1', kind: 'ServiceAccount' },
]

/** Their names. */
export const RENDERED_KINDS: readonly string[] = RENDERED_TYPES.map(({ kind }) => kind)
