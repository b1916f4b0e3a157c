import { createHash } from 'node:crypto'
import { compareText, keyOf } from '../object/index.ts'
import type { Action } from './action.ts'

/**
 * Hash of what a reviewer approves: the actions, what they act on, and what they write. Rendered objects and the API server's answers
 * have one order of keys, so it depends on the contents only.
 */
export function planHash(setId: string, actions: readonly Action[]): string {
  const hash = createHash('sha256').update(setId)
  const reviewed = actions
    .map(({ ref, ...rest }) => reviewedPart(keyOf(ref), rest))
    .toSorted((a, b) => compareText(a.key, b.key) || compareText(a.type, b.type))
  for (const each of reviewed) hash.update(`\n${JSON.stringify(each)}`)
  return hash.digest('hex').slice(0, 16)
}

function reviewedPart(key: string, { type, uid, desired, changes }: Omit<Action, 'ref'>) {
  return { type, key, uid, desired, changes }
}
