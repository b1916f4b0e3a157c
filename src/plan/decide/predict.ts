import { equalValues, isEmpty, isMap } from '../../object/index.ts'
import type { JsonMap, KubeObject } from '../../object/index.ts'
import { isAtomic, isOwnedWhole } from '../fields/atomic.ts'
import { ownEntry } from '../fields/managed.ts'
import { earlierEntries, identifies, within } from './takeover.ts'

/**
 * What server-side apply would make of the live object, worked out from its managedFields (whose keys managed.ts explains):
 * git's values over the live ones, without what only slipway held and git no longer says. For those who may read but
 * not try. It knows no conflicts, no validation and no defaults of what is new.
 */
export function predict(desired: KubeObject, live: KubeObject, takeFields = false): KubeObject {
  const own = [ownEntry(live), ...earlierEntries(live, takeFields)].filter(
    entry => entry !== undefined,
  )
  const { managedFields = [] } = live.metadata
  const fieldsOf = (entries: typeof managedFields) =>
    entries.map(({ fieldsV1 }) => fieldsV1).filter(isMap)
  const holders = {
    ours: fieldsOf(own),
    others: fieldsOf(managedFields.filter(entry => !own.includes(entry))),
  }
  return foldMap(live, desired, { ...holders, kind: desired.kind }) as KubeObject
}

/** Who holds a part of the object. */
interface Holders {
  ours: JsonMap[]
  others: JsonMap[]
  kind: string
}

function holdersBelow({ ours, others, kind }: Holders, key: string): Holders {
  return { ours: within(ours, key), others: within(others, key), kind }
}

function foldMap(live: JsonMap, desired: JsonMap, holders: Holders): JsonMap {
  const folded: JsonMap = {}
  for (const name of new Set([...Object.keys(live), ...Object.keys(desired)])) {
    const value = fold(live[name], desired[name], holdersBelow(holders, `f:${name}`), name)
    if (value !== undefined) folded[name] = value
  }
  return folded
}

function fold(live: unknown, desired: unknown, holders: Holders, name: string): unknown {
  // The API server takes null for nothing, and does not keep what is new and empty.
  if (desired === undefined || desired === null) return released(live, holders)
  if (live === undefined && isEmpty(desired)) return undefined
  if (isReplaced(desired, name, holders)) return desired
  if (isMap(desired)) return isMap(live) ? foldMap(live, desired, holders) : desired
  if (Array.isArray(desired) && Array.isArray(live)) return foldList(live, desired, holders)
  return desired
}

/** An empty map or list that is merged lets go of what was in it; others may hold some. */
function isReplaced(desired: unknown, name: string, { kind }: Holders): boolean {
  return isEmpty(desired) ? isAtomic(kind, name) : isOwnedWhole(kind, name, desired)
}

/** What is left of a field that git does not say: what others hold; where nobody of us held it, all of it. */
function released(live: unknown, holders: Holders): unknown {
  const { ours, others } = holders
  if (ours.length === 0) return live
  // It goes with all that is in it, even what nobody holds (EnsureNamedFieldsAreMembers of structured-merge-diff).
  if (others.length === 0) return undefined
  if (ours.some(isEmpty)) return live
  if (isMap(live)) return foldMap(live, {}, holders)
  return Array.isArray(live) ? foldList(live, [], holders) : live
}

function foldList(live: unknown[], desired: unknown[], holders: Holders): unknown[] {
  const keys = [...holders.ours, ...holders.others].flatMap(Object.keys)
  const identity = keys.find(key => key.startsWith('k:'))
  if (identity !== undefined)
    return foldKeyed(live, desired, holders, Object.keys(JSON.parse(identity.slice(2))))
  if (keys.some(key => key.startsWith('v:'))) return foldSet(live, desired, holders)
  return desired
}

function foldSet(live: unknown[], desired: unknown[], holders: Holders): unknown[] {
  const kept = live.filter(item => {
    const { ours, others } = holdersBelow(holders, `v:${JSON.stringify(item)}`)
    return ours.length === 0 || others.length > 0
  })
  const added = desired.filter(item => !kept.includes(item))
  const all = [...kept, ...added]
  return live.every(item => all.includes(item)) && added.length === 0 ? live : all
}

/** In git's order, what others added after it; as it is where it is the same. */
function foldKeyed(
  live: unknown[],
  desired: unknown[],
  holders: Holders,
  names: string[],
): unknown[] {
  const left = new Set(live.filter(isMap))
  const wanted = desired.filter(isMap).map(item => {
    const found = [...left].find(each => isSame(item, each, names))
    if (found === undefined) return item
    left.delete(found)
    return foldMap(found, item, holdersOf(found, holders))
  })
  const rest = [...left].flatMap(item => {
    const own = holdersOf(item, holders)
    if (own.ours.length === 0) return [item]
    return own.others.length === 0 ? [] : [foldMap(item, {}, own)]
  })
  const all = [...wanted, ...rest]
  const byKey = live
    .filter(isMap)
    .flatMap(item => all.find(each => isSame(item, each, names)) ?? [])
  return byKey.length === all.length && equalValues(live, byKey) ? live : all
}

/** What git leaves out of an item's key is the server's default, whatever that is (a port's protocol). */
function isSame(item: JsonMap, other: JsonMap, names: readonly string[]): boolean {
  return names.every(name => !Object.hasOwn(item, name) || equalValues(item[name], other[name]))
}

function holdersOf(item: JsonMap, holders: Holders): Holders {
  const keys = [...holders.ours, ...holders.others].flatMap(Object.keys)
  const key = keys.find(each => each.startsWith('k:') && identifies(each, item))
  return key === undefined ? { ...holders, ours: [], others: [] } : holdersBelow(holders, key)
}
