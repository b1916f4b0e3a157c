import type { k8s } from 'cdk8s-plus-28'
import type { Blueprint } from './blueprint.ts'
import { metadataOf, selectorOf } from './labels.ts'
import { namesOf } from './names.ts'
import type { Manifest, Plain } from './plain.ts'

/** One pod at a time may be evicted, where more than one always runs (T5); a budget on a single replica would block every node drain. */
export function disruptionBudget(
  blueprint: Blueprint,
): Manifest<k8s.KubePodDisruptionBudgetProps> | undefined {
  const bounds = boundsOf(blueprint)
  if (bounds === undefined) return undefined
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadataOf(blueprint, namesOf(blueprint.endpoint).disruptionBudget),
    spec: { ...bounds, selector: { matchLabels: selectorOf(blueprint) } },
  }
}

function boundsOf({
  endpoint,
}: Blueprint):
  | Plain<Pick<k8s.PodDisruptionBudgetSpec, 'maxUnavailable' | 'minAvailable'>>
  | undefined {
  const { disruptionBudget: wanted, scaling, replicas } = endpoint.spec
  if (wanted === false) return undefined
  if (wanted !== undefined) {
    const { name: _name, ...bounds } = wanted
    return bounds
  }
  const always = scaling === undefined ? replicas : (scaling.min ?? 1)
  return always >= 2 ? { maxUnavailable: 1 } : undefined
}
