import { asksForKnative, DEPLOYMENT, isKserve, predictorName } from '../kinds/index.ts'
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
export function servedBy(object: KubeObject): object {
  const { apiVersion, kind, metadata } = object
  const { name, namespace } = metadata
  if (!isKserve(object)) return { apiVersion, kind, name, namespace }
  const made = asksForKnative(object) ? KNATIVE_SERVICE : DEPLOYMENT
  return {
    apiVersion: made.apiVersion,
    kind: made.kind,
    name: predictorName(name),
    namespace,
  }
}

const KNATIVE_SERVICE = { apiVersion: 'serving.knative.dev/v1', kind: 'Service' }
