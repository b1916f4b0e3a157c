import { inWaves } from '../kinds/index.ts'
import { formatRef } from '../object/index.ts'
import type { Action, Plan } from '../plan/index.ts'
import { cleanLine } from './clean.ts'

/** The part of an action that is shown. */
export type Change = Pick<
  Action,
  | 'type'
  | 'ref'
  | 'endpoint'
  | 'changes'
  | 'reason'
  | 'restartsPods'
  | 'desired'
  | 'successor'
  | 'losses'
  | 'keepsPods'
  | 'held'
  | 'settles'
> & {
  /** The endpoint was there before and goes on, with other objects than those that come and go. */
  stays?: true
}

/** Marks the changes of endpoints that have more objects than come now; `counts` has all that they are to have. */
export function markStaying<Shown extends Change>(
  changes: readonly Shown[],
  counts: ReadonlyMap<string, number>,
): (Shown & Change)[] {
  const fresh = Map.groupBy(
    changes.filter(({ type }) => type === 'create'),
    ({ endpoint }) => endpoint,
  )
  return changes.map(change => {
    const { endpoint } = change
    const isStaying = (counts.get(endpoint) ?? 0) > (fresh.get(endpoint)?.length ?? 0)
    return isStaying ? { ...change, stays: true } : change
  })
}

/** Why, where the kind of action does not say it already. */
export function reasonOf({ type, reason, changes }: Change): string {
  const isPlain = type === 'create' || (type === 'update' && changes.length > 0)
  return isPlain ? '' : cleanLine(reason)
}

/** What changes take from others, in one line. */
export function lossesOf(changes: readonly Change[]): string | undefined {
  const lost = changes.flatMap(({ ref, losses = [] }) =>
    losses.length === 0 ? [] : cleanLine(`${formatRef(ref)}: ${losses.join(', ')}`),
  )
  return lost.length === 0 ? undefined : `Takes from others: ${lost.join('; ')}`
}

/** All actions of a plan, as `actionsOf` has them; the door of plan would load all that renders, for every message. */
export function plannedActions({ endpoints }: Pick<Plan, 'endpoints'>): (Action & Change)[] {
  const counts = new Map(endpoints.map(({ name, objects }) => [name, objects.length]))
  return markStaying(inWaves(endpoints.flatMap(({ actions }) => actions)), counts)
}
