import type { KubeObject } from '../object/index.ts'

/**
 * Health as CEL, for kinds that Flux does not know (kustomize-controller: spec.healthCheckExprs). An InferenceService is not among
 * them: Flux compares status.observedGeneration with metadata.generation before any expression, and KServe copies the former
 * from the Deployment below, so a healthy one would be waited for without end.
 */
export const FLUX_HEALTH = [
  {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    failed:
      "has(status.parents) && status.parents.exists(p, has(p.conditions) && p.conditions.exists(c, c.type in ['Accepted', 'ResolvedRefs'] && c.status == 'False' && c.observedGeneration == metadata.generation))",
    current:
      "has(status.parents) && size(status.parents) > 0 && status.parents.all(p, has(p.conditions) && ['Accepted', 'ResolvedRefs'].all(t, p.conditions.exists(c, c.type == t && c.status == 'True' && c.observedGeneration == metadata.generation)))",
  },
  {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    failed:
      "has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'False')",
    current:
      "has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')",
  },
]

/** What Flux looks at instead of a workload: of an InferenceService that which KServe makes for it. */
export function servedBy({ apiVersion, kind, metadata }: KubeObject): object {
  const { name, namespace } = metadata
  if (kind !== 'InferenceService') return { apiVersion, kind, name, namespace }
  const mode = metadata.annotations?.['serving.kserve.io/deploymentMode']
  const isKnative = mode === 'Knative' || mode === 'Serverless'
  return {
    apiVersion: isKnative ? 'serving.knative.dev/v1' : 'apps/v1',
    kind: isKnative ? 'Service' : 'Deployment',
    name: `${name}-predictor`,
    namespace,
  }
}
