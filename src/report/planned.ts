import { inWaves } from '../kinds/index.ts'
import type { Action, Plan } from '../plan/index.ts'

/** All actions of a plan, as `actionsOf` has them; the door of plan would load all that renders, for every message. */
export function plannedActions({ endpoints }: Pick<Plan, 'endpoints'>): Action[] {
  return inWaves(endpoints.flatMap(({ actions }) => actions))
}
