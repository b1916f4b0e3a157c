import { POD_DISRUPTION_BUDGET, labelSelector } from '../../kinds/index.ts'
import { at, number, text } from '../../object/index.ts'
import type { Rendering } from '../rendered.ts'
import { namespaceOf } from './pods.ts'
import { nameOf, type Rule } from './rule.ts'

/** A budget lets at least one pod go, or nodes can never be drained (T5). */
export const pdbDrain: Rule = {
  id: 'pdb-drain',
  find: view =>
    view.ofKind(POD_DISRUPTION_BUDGET).flatMap(budget => {
      const selector = labelSelector(at(budget.object, 'spec', 'selector'))
      const replicas = view
        .podsIn(namespaceOf(budget.object), selector)
        .reduce((sum, pods) => sum + pods.replicas, 0)
      if (replicas === 0 || allowed(budget, replicas) > 0) return []
      return {
        rendering: budget,
        field: 'spec.disruptionBudget',
        severity: 'warning',
        isSaidOfSpec: true,
        message: `${nameOf(budget)} blocks every eviction while there are ${replicas} of them`,
        cause: 'Draining a node with such a pod would wait forever.',
        remedy: 'Allow one: more replicas, maxUnavailable: 1, or disruptionBudget: false.',
      }
    }),
}

/** Pods that may be missing; the disruption controller rounds both shares up. */
function allowed({ object }: Rendering, replicas: number): number {
  const count = (bound: unknown) => {
    const share = text(bound)
    return share === undefined
      ? number(bound)
      : Math.ceil((Number.parseInt(share, 10) / 100) * replicas)
  }
  const least = count(at(object, 'spec', 'minAvailable'))
  return least === undefined
    ? (count(at(object, 'spec', 'maxUnavailable')) ?? replicas)
    : replicas - least
}
