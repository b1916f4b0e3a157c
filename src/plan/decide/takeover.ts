import { equalValues, FIELD_MANAGER, isEmpty, isMap } from '../../object/index.ts'
import type { KubeObject, ManagedFieldsEntry } from '../../object/index.ts'
import { isMigratable } from '../fields/conflicts.ts'
import { isController } from '../fields/holders.ts'
import { isOwn } from '../fields/managed.ts'

/**
 * Earlier managers whose entries are ours to take over: what only they hold, and git does not say, goes. A server-side
 * dry-run cannot show that, because it leaves their entries as they are; so it is worked out here. With `takeFields`
 * everybody's but controllers'.
 */
export function earlierManagers(object: KubeObject, takeFields = false): string[] {
  const entries = earlierEntries(object, takeFields)
  return [...new Set(entries.flatMap(({ manager }) => manager ?? []))]
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
  const { managedFields = [] } = object.metadata
  const others = managedFields.filter(entry => !doomed.includes(entry)).flatMap(fieldsOf)
  return doomed
    .flatMap(fieldsOf)
    .map(movable)
    .reduce<KubeObject>((left, fields) => without(left, fields, others) as KubeObject, object)
}

/** Whether our own or an earlier manager's entry holds the field at this path of maps. */
export function holds(entry: ManagedFieldsEntry | undefined, ...path: string[]): boolean {
  let fields: unknown = entry?.fieldsV1
  for (const name of path) fields = isMap(fields) ? fields[`f:${name}`] : undefined
  return fields !== undefined
}

export function earlierEntries(object: KubeObject, takeFields = false): ManagedFieldsEntry[] {
  return movedEntries(object, entry => isEarlier(entry) || (takeFields && isOthers(entry, object)))
}

/** Fields of different API versions have different names: one version's become ours. */
function movedEntries(
  { metadata: { managedFields = [] } }: KubeObject,
  isMeant: (entry: ManagedFieldsEntry) => boolean,
): ManagedFieldsEntry[] {
  const meant = managedFields.filter(isMeant)
  const { apiVersion } = managedFields.find(isOwn) ?? meant[0] ?? {}
  return meant.filter(entry => entry.apiVersion === apiVersion)
}

function isEarlier({ manager = '', operation, subresource }: ManagedFieldsEntry): boolean {
  return operation === 'Update' && subresource === undefined && isMigratable(manager)
}

/** Of people and tools: neither ours, nor a controller's, nor of a subresource. */
export function isOthers(entry: ManagedFieldsEntry, { kind }: KubeObject): boolean {
  const { manager = '', subresource } = entry
  return subresource === undefined && manager !== FIELD_MANAGER && !isController(manager, kind)
}

/** Entries as they are to be once those of these managers are one with ours, with all that they and we hold. */
export function takenOver(object: KubeObject, managers: readonly string[]): ManagedFieldsEntry[] {
  const { managedFields = [] } = object.metadata
  const moved = movedEntries(
    object,
    entry =>
      !isOwn(entry) && entry.subresource === undefined && managers.includes(entry.manager ?? ''),
  )
  const [first] = moved
  if (first === undefined) return managedFields
  const own = managedFields.find(isOwn)
  const { fieldsV1 = {}, ...rest } = own ?? { ...first, ...OWN, fieldsV1: {} }
  const others = managedFields.filter(entry => entry !== own && !moved.includes(entry))
  const fields = moved.flatMap(fieldsOf).map(movable).reduce<Fields>(union, fieldsV1)
  return [...others, { ...rest, fieldsV1: fields }]
}

const OWN = { manager: FIELD_MANAGER, operation: 'Apply' as const }

/** Without what controllers rely on, whoever is written down for it: an apply must not take it off. */
function movable(fields: Fields): Fields {
  const metadata = fields['f:metadata']
  if (!isMap(metadata)) return fields
  const { 'f:finalizers': _finalizers, 'f:ownerReferences': _owners, ...rest } = metadata
  return { ...fields, 'f:metadata': rest }
}

function union(a: Fields, b: Fields): Fields {
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return Object.fromEntries(
    [...names].map(name => [name, union((a[name] ?? {}) as Fields, (b[name] ?? {}) as Fields)]),
  )
}

type Fields = Record<string, unknown>

function fieldsOf({ fieldsV1 }: ManagedFieldsEntry): Fields[] {
  return fieldsV1 === undefined ? [] : [fieldsV1]
}

/** fieldsV1's keys are explained in managed.ts. */
function without(value: unknown, doomed: Fields, others: readonly Fields[]): unknown {
  if (Array.isArray(value)) return listWithout(value, doomed, others)
  if (!isMap(value)) return value
  const left = { ...value }
  for (const [key, fields] of Object.entries(doomed)) {
    const name = key.slice(2)
    if (!key.startsWith('f:') || !isMap(fields) || !Object.hasOwn(left, name)) continue
    const kept = within(others, key)
    // A field goes with all that is in it; what nobody holds does not keep it (EnsureNamedFieldsAreMembers).
    if (kept.length === 0 && name !== 'metadata') delete left[name]
    else if (!isEmpty(fields)) left[name] = without(left[name], fields, kept)
  }
  return left
}

function listWithout(list: unknown[], doomed: Fields, others: readonly Fields[]): unknown[] {
  const keys = Object.keys(doomed).filter(key => key !== '.')
  return list.flatMap(item => {
    const key = keys.find(candidate => identifies(candidate, item))
    if (key === undefined) return [item]
    const kept = within(others, key)
    const fields = doomed[key]
    if (!isMap(fields)) return [item]
    const isHeld = isEmpty(fields) || Object.hasOwn(fields, '.')
    return isHeld && kept.length === 0 ? [] : [without(item, fields, kept)]
  })
}

/** Whether a `k:` or `v:` key of fieldsV1 is that of the item. */
export function identifies(key: string, item: unknown): boolean {
  const identity: unknown = JSON.parse(key.slice(2))
  if (key.startsWith('v:')) return equalValues(identity, item)
  if (!isMap(identity) || !isMap(item)) return false
  return Object.entries(identity).every(([name, value]) => equalValues(item[name], value))
}

/** What entries hold below a key of fieldsV1. */
export function within(others: readonly Fields[], key: string): Fields[] {
  return others.map(fields => fields[key]).filter(isMap)
}
