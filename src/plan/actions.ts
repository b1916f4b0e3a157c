import { inWaves, waveRank } from '../kinds/index.ts'
import { compareText, formatRef } from '../object/index.ts'
import type { Problem } from '../problem/index.ts'
import type { Action, PlanCounts } from './action.ts'
import type { Plan } from './plan.ts'

/** All actions of a plan, ordered by wave, then by endpoint. */
export function actionsOf({ endpoints }: Pick<Plan, 'endpoints'>): Action[] {
  return inWaves(endpoints.flatMap(({ actions }) => actions))
}

/**
 * Whether the cluster is not as git says: what `slipway status` calls not synced. Something is to be done, or an object has more or
 * less than git says, and no apply changes that.
 */
export function hasDifferences({
  endpoints,
  problems,
}: Pick<Plan, 'endpoints' | 'problems'>): boolean {
  return (
    endpoints.some(({ actions }) => actions.length > 0) ||
    problems.some(({ code }) => BESIDE_ACTIONS.has(code))
  )
}

const BESIDE_ACTIONS: ReadonlySet<Problem['code']> = new Set(['leftover-fields', 'not-stored'])

export function sortActions(actions: readonly Action[]): Action[] {
  return actions.toSorted(
    (a, b) => waveRank(a.ref) - waveRank(b.ref) || compareText(formatRef(a.ref), formatRef(b.ref)),
  )
}

export function countActions({ endpoints, unchanged }: Plan): PlanCounts {
  const counts: PlanCounts = {
    create: 0,
    update: 0,
    adopt: 0,
    replace: 0,
    prune: 0,
    switch: 0,
    unchanged: unchanged.length,
  }
  for (const { actions } of endpoints) for (const { type } of actions) counts[type] += 1
  return counts
}
