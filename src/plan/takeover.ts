import type { KubeObject, ManagedFieldsEntry } from '../object/index.ts'
import { isMigratable } from './conflicts.ts'
import { equalValues, isMap } from './values.ts'

/**
 * Earlier managers whose entries are ours to take over: what only they hold, and git does not say, goes. A server-side
 * dry-run cannot show that, because it leaves their entries as they are; so it is worked out here.
 */
export function earlierManagers({ metadata }: KubeObject): string[] {
  const entries = (metadata.managedFields ?? []).filter(isEarlier)
  return [...new Set(entries.flatMap(({ manager }) => manager ?? []))]
}

function isEarlier({ manager = '', operation, subresource }: ManagedFieldsEntry): boolean {
  return operation === 'Update' && subresource === undefined && isMigratable(manager)
}

/** The object without the fields that only earlier managers hold: what an apply leaves once their entries are ours. */
export function withoutEarlier(object: KubeObject): KubeObject {
  const { managedFields = [] } = object.metadata
  const others = managedFields.filter(entry => !isEarlier(entry)).flatMap(fieldsOf)
  return managedFields
    .filter(isEarlier)
    .flatMap(fieldsOf)
    .reduce<KubeObject>((left, fields) => without(left, fields, others) as KubeObject, object)
}

/** Whether our own or an earlier manager's entry holds the field at this path of maps. */
export function holds(entry: ManagedFieldsEntry | undefined, ...path: string[]): boolean {
  let fields: unknown = entry?.fieldsV1
  for (const name of path) fields = isMap(fields) ? fields[`f:${name}`] : undefined
  return fields !== undefined
}

export function earlierEntries({ metadata }: KubeObject): ManagedFieldsEntry[] {
  return (metadata.managedFields ?? []).filter(isEarlier)
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
    const rest = isEmpty(fields) ? undefined : without(left[name], fields, kept)
    if (kept.length === 0 && isEmpty(rest ?? {})) delete left[name]
    else if (rest !== undefined) left[name] = rest
  }
  return left
}

function listWithout(list: unknown[], doomed: Fields, others: readonly Fields[]): unknown[] {
  const keys = Object.keys(doomed).filter(key => key !== '.')
  return list.flatMap(item => {
    const key = keys.find(candidate => identifies(candidate, item))
    if (key === undefined) return [item]
    const kept = within(others, key)
    if (kept.length === 0) return []
    const fields = doomed[key]
    return [isMap(fields) ? without(item, fields, kept) : item]
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

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  return isMap(value) && Object.keys(value).length === 0
}

/**
 * What is left of the live object, with what git says laid over it: for a change that the API server can only judge
 * once the earlier managers' fields are gone. Lists are taken as the API server completed them for a new object.
 */
export function laidOver(live: unknown, desired: unknown, created: unknown): unknown {
  if (!isMap(desired)) return created ?? desired
  const below = isMap(live) ? live : {}
  const completed = isMap(created) ? created : {}
  const laid = Object.entries(desired).map(([name, value]) => [
    name,
    laidOver(below[name], value, completed[name]),
  ])
  return { ...below, ...Object.fromEntries(laid) }
}
