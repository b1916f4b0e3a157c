import { keyOf, refOf, type ObjectRef, type SetParent } from '../../object/index.ts'
import { groupKind } from '../../kinds/index.ts'
import { inventoryOf, union, unmarkedPart } from '../observe/inventory.ts'
import type { UnmarkedMember } from '../observe/unmarked.ts'
import type { LiveSet } from '../observe/live.ts'
import type { Action } from '../action.ts'
import type { Inventory, InventoryChange } from '../plan.ts'
import { orphans, pruneVerdict } from './prune.ts'

export interface InventoryInput {
  parent: SetParent
  /** Of the whole set. */
  desired: readonly ObjectRef[]
  /** Of those, what carries no label of the set. */
  unmarked?: readonly UnmarkedMember[]
  actions: readonly Pick<Action, 'ref' | 'uid'>[]
  live: Pick<LiveSet, 'objects' | 'unserved'>
  recorded: Inventory | undefined
  /** To some endpoints. */
  isLimited: boolean
}

/**
 * Superset before anything is written; afterwards what is desired, what stays all the same, and what could not be looked at: by the
 * record alone is it found again.
 */
export function inventoryChange(input: InventoryInput): InventoryChange {
  const { parent, desired, actions, recorded, isLimited } = input
  const lasting = [
    inventoryOf(desired, parent),
    inventoryOf(staying(input), parent),
    unserved(input),
    { ...inventoryOf([], parent), ...unmarkedPart(remembered(input)) },
  ]
  const touched = inventoryOf(
    actions.map(({ ref }) => ref),
    parent,
  )
  const after = lasting.reduce(union)
  return {
    ...(recorded && { recorded }),
    before: union(union(after, touched), recorded),
    after: isLimited ? union(after, recorded) : after,
  }
}

/** What is wanted without a label, and what was, stays, and still has none. */
function remembered(input: InventoryInput): UnmarkedMember[] {
  const { unmarked = [], desired, live, recorded } = input
  const wanted = new Set(desired.map(keyOf))
  const left = new Set(staying(input).map(keyOf))
  const kept = (recorded?.unmarked ?? []).filter(
    member =>
      !wanted.has(keyOf(member)) &&
      (left.has(keyOf(member)) || live.unserved.includes(groupKind(member))),
  )
  return [...unmarked, ...kept]
}

/** No longer desired and not deleted: kept by an annotation, never applied by us, or of an endpoint that this plan is not about. */
function staying({ desired, actions, live }: InventoryInput): ObjectRef[] {
  const going = new Set(actions.map(({ uid }) => uid))
  return orphans(live, new Set(desired.map(keyOf)))
    .filter(object => !going.has(object.metadata.uid))
    .filter(object => isOnItsOwn(pruneVerdict(object)))
    .map(refOf)
}

/** What a controller owns goes with its owner. */
function isOnItsOwn(verdict: ReturnType<typeof pruneVerdict>): boolean {
  return verdict.prune || verdict.report
}

/** A definition that is gone for a while, or a version of it. Where its objects are is known only by the record. */
function unserved({ parent, live, recorded }: InventoryInput): Inventory {
  if (live.unserved.length === 0) return inventoryOf([], parent)
  return { groupKinds: live.unserved, namespaces: recorded?.namespaces ?? [] }
}
