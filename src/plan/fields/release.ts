import { isEmpty, isMap, type JsonMap } from '../../object/index.ts'
import { fieldInEach, holdsItself, itemInEach, type FieldSet } from './field-set.ts'

/** Who holds a part of an object. */
export interface Holders {
  /** Those that let go, or say something else. */
  ours: readonly FieldSet[]
  others: readonly FieldSet[]
}

export function holdersOfField<T extends Holders>(holders: T, name: string): T {
  const { ours, others } = holders
  return { ...holders, ours: fieldInEach(ours, name), others: fieldInEach(others, name) }
}

export function holdersOfItem<T extends Holders>(holders: T, item: unknown): T {
  const { ours, others } = holders
  return { ...holders, ours: itemInEach(ours, item), others: itemInEach(others, item) }
}

/** What is left of a field when we let go of it: what others hold; where nobody of us held it, all of it. */
export function released(value: unknown, { ours, others }: Holders): unknown {
  if (ours.length === 0) return value
  // It goes with all that is in it, even what nobody holds (EnsureNamedFieldsAreMembers of structured-merge-diff).
  return others.length === 0 ? undefined : emptied(value, { ours, others })
}

/** A map or list without what only we hold in it. */
function emptied(value: unknown, holders: Holders): unknown {
  const ours = holders.ours.filter(set => !isEmpty(set))
  if (ours.length === 0) return value
  if (isMap(value)) return releasedMap(value, { ...holders, ours })
  return Array.isArray(value) ? releasedList(value, { ...holders, ours }) : value
}

export function releasedMap(map: JsonMap, holders: Holders): JsonMap {
  const left: JsonMap = {}
  for (const [name, value] of Object.entries(map)) {
    const kept = released(value, holdersOfField(holders, name))
    if (kept !== undefined) left[name] = kept
  }
  return left
}

export function releasedList(list: readonly unknown[], holders: Holders): unknown[] {
  return list.flatMap(item => {
    const held = holdersOfItem(holders, item)
    const isGone = held.others.length === 0 && held.ours.some(holdsItself)
    return isGone ? [] : [emptied(item, held)]
  })
}
