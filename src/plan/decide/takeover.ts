import {
  FIELD_MANAGER,
  members,
  type KubeObject,
  type ManagedFieldsEntry,
} from '../../object/index.ts'
import {
  earlierEntries,
  entriesOf,
  isOwn,
  managersOf,
  movedEntries,
  setsOf,
} from '../fields/entries.ts'
import { union, withoutFields, type FieldSet } from '../fields/field-set.ts'
import { holdersOfField, releasedMap } from '../fields/release.ts'

/**
 * Earlier managers whose entries are ours to take over. What only they hold, and git does not say, goes; a server-side dry-run cannot
 * show that, because it leaves their entries as they are: so it is worked out here.
 */
export function earlierManagers(object: KubeObject, takeFields = false): string[] {
  return managersOf(earlierEntries(object, takeFields))
}

/** The object without the fields that only earlier managers hold: what an apply leaves once their entries are ours, but for defaults. */
export function withoutEarlier(object: KubeObject, takeFields = false): KubeObject {
  return withoutEntries(object, earlierEntries(object, takeFields))
}

/** The object without the fields that only these entries hold. */
export function withoutEntries(
  object: KubeObject,
  doomed: readonly ManagedFieldsEntry[],
): KubeObject {
  if (doomed.length === 0) return object
  const kept = entriesOf(object).filter(entry => !doomed.includes(entry))
  const holders = { ours: setsOf(doomed).map(movable), others: setsOf(kept) }
  const metadata = releasedMap(members(object.metadata), holdersOfField(holders, 'metadata'))
  const { metadata: _metadata, ...content } = object
  const left: Record<string, unknown> = { ...releasedMap(content, holders), metadata }
  return left as KubeObject
}

/** Entries as they are to be once those of these managers are one with ours, with all that they and we hold. */
export function takenOver(object: KubeObject, managers: readonly string[]): ManagedFieldsEntry[] {
  const entries = entriesOf(object)
  const moved = movedEntries(
    object,
    entry =>
      !isOwn(entry) && entry.subresource === undefined && managers.includes(entry.manager ?? ''),
  )
  const [first] = moved
  if (first === undefined) return entries
  const own = entries.find(isOwn)
  const { fieldsV1 = {}, ...rest } = own ?? { ...first, ...OWN, fieldsV1: {} }
  const others = entries.filter(entry => entry !== own && !moved.includes(entry))
  return [...others, { ...rest, fieldsV1: setsOf(moved).map(movable).reduce(union, fieldsV1) }]
}

const OWN = { manager: FIELD_MANAGER, operation: 'Apply' as const }

/** Without what controllers rely on, whoever is written down for it: an apply must not take it off. */
function movable(set: FieldSet): FieldSet {
  return withoutFields(set, 'metadata', ['finalizers', 'ownerReferences'])
}
