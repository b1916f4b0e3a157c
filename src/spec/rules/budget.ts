import type { Endpoint } from '../set.ts'
import type { Rule } from './rule.ts'

/** A budget that allows no eviction blocks every node drain. */
export const budgetAllowsEviction: Rule = endpoint => {
  const { disruptionBudget: budget, runtime } = endpoint.spec
  if (runtime === 'external' || budget === undefined || budget === false) return []
  const field = 'minAvailable' in budget ? 'minAvailable' : 'maxUnavailable'
  if (!blocks(budget, replicasOf(endpoint))) return []
  return {
    code: 'contradiction',
    level: 'warn',
    path: `spec.disruptionBudget.${field}`,
    message: `spec.disruptionBudget allows no pod of ${replicasOf(endpoint)} to be evicted`,
    cause: 'Draining a node would wait forever.',
  }
}

function replicasOf({ spec }: Endpoint): number {
  return spec.scaling === undefined ? spec.replicas : (spec.scaling.min ?? 1)
}

function blocks(
  budget: { minAvailable: number | string } | { maxUnavailable: number | string },
  replicas: number,
): boolean {
  if (replicas === 0) return false
  if ('maxUnavailable' in budget) return Number.parseInt(String(budget.maxUnavailable), 10) === 0
  const { minAvailable } = budget
  return minAvailable === '100%' || (typeof minAvailable === 'number' && minAvailable >= replicas)
}
