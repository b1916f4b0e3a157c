import { formatRef } from '../object/index.ts'
import type { Action } from '../plan/index.ts'
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
>

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
