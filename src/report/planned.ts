import { inWaves } from '../kinds/index.ts'
import type { Action, Plan } from '../plan/index.ts'
import { markStaying } from './change.ts'
import type { Change } from './change.ts'

/** All actions of a plan, as `actionsOf` has them; the door of plan would load all that renders, for every message. */
export function plannedActions({ endpoints }: Pick<Plan, 'endpoints'>): (Action & Change)[] {
  const counts = new Map(endpoints.map(({ name, objects }) => [name, objects.length]))
  return markStaying(inWaves(endpoints.flatMap(({ actions }) => actions)), counts)
}
