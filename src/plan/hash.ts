import { createHash } from 'node:crypto'
import { compareText, keyOf } from '../object/index.ts'
import { isMap } from './managed.ts'
import type { Action } from './plan.ts'

/** Hash of what a reviewer approves: the actions, what they act on, and what they write. */
export function planHash(setId: string, actions: readonly Action[]): string {
  const reviewed = actions
    .map(({ type, ref, uid, desired, changes }) => ({
      type,
      key: keyOf(ref),
      uid,
      desired,
      changes,
    }))
    .toSorted((a, b) => compareText(a.key, b.key) || compareText(a.type, b.type))
  return createHash('sha256').update(canonical({ setId, reviewed })).digest('hex').slice(0, 16)
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    isMap(item)
      ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => compareText(a, b)))
      : item,
  )
}
