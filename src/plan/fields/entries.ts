import { FIELD_MANAGER, type KubeObject, type ManagedFieldsEntry } from '../../object/index.ts'
import { isMigratable } from './conflicts.ts'
import type { FieldSet } from './field-set.ts'
import { isController } from './holders.ts'

/** Who holds fields of the object: all entries of its managedFields. */
export function entriesOf({ metadata }: KubeObject): ManagedFieldsEntry[] {
  return metadata.managedFields ?? []
}

/** Our own server-side-apply entry; undefined when we have never applied the object. */
export function ownEntry(object: KubeObject): ManagedFieldsEntry | undefined {
  return object.metadata.managedFields?.find(isOwn)
}

export function isOwn({ manager, operation, subresource = '' }: ManagedFieldsEntry): boolean {
  return manager === FIELD_MANAGER && operation === 'Apply' && subresource === ''
}

/**
 * Entries of earlier managers, which are ours to take over: what only they hold, and git does not say, goes. With `takeFields`
 * everybody's but controllers'.
 */
export function earlierEntries(object: KubeObject, takeFields = false): ManagedFieldsEntry[] {
  return movedEntries(object, entry => isEarlier(entry) || (takeFields && isOthers(entry, object)))
}

/** Fields of different API versions have different names: one version's become ours. */
export function movedEntries(
  object: KubeObject,
  isMeant: (entry: ManagedFieldsEntry) => boolean,
): ManagedFieldsEntry[] {
  const meant = entriesOf(object).filter(isMeant)
  const { apiVersion } = ownEntry(object) ?? meant[0] ?? {}
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

/** The field managers of entries, each once. */
export function managersOf(entries: readonly ManagedFieldsEntry[]): string[] {
  return [...new Set(entries.flatMap(({ manager }) => manager ?? []))]
}

/** What entries hold. */
export function setsOf(entries: readonly ManagedFieldsEntry[]): FieldSet[] {
  return entries.map(({ fieldsV1 }) => fieldsV1).filter(set => set !== undefined)
}
