import { isServerDefault } from '../../kinds/index.ts'
import { equalValues, isEmpty, isMap, type JsonMap, type KubeObject } from '../../object/index.ts'
import { isAtomic, isOwnedWhole } from '../fields/atomic.ts'
import { earlierEntries, entriesOf, isOwn, setsOf } from '../fields/entries.ts'
import { listKeyOf } from '../fields/field-set.ts'
import {
  holdersOfField,
  holdersOfItem,
  released,
  releasedList,
  type Holders,
} from '../fields/release.ts'

/**
 * What server-side apply would make of the live object, worked out from its managedFields:
 * git's values over the live ones, without what only slipway held and git no longer says; the defaults of Kubernetes' own kinds
 * stay, because they would come back, also inside of what is replaced whole. For those who may read but not try. It knows no
 * conflicts, no validation and no defaults of what is new.
 */
export function predict(desired: KubeObject, live: KubeObject, takeFields = false): KubeObject {
  const earlier = earlierEntries(live, takeFields)
  const isOurs = Object.groupBy(entriesOf(live), entry =>
    isOwn(entry) || earlier.includes(entry) ? 'ours' : 'others',
  )
  const { ours = [], others = [] } = isOurs
  const holders = { ours: setsOf(ours), others: setsOf(others), kind: desired.kind }
  return foldMap(live, desired, holders) as KubeObject
}

interface HoldersIn extends Holders {
  kind: string
  /** Field that the map or list is in. */
  parent?: string
  /** The map that the field is in. */
  owner?: JsonMap
}

function foldMap(live: JsonMap, desired: JsonMap, holders: HoldersIn): JsonMap {
  const folded: JsonMap = {}
  const owner = { ...live, ...desired }
  for (const name of new Set([...Object.keys(live), ...Object.keys(desired)])) {
    const inside = { ...holdersOfField(holders, name), owner }
    const value = fold(live[name], desired[name], inside, name)
    if (value !== undefined) folded[name] = value
  }
  return folded
}

function fold(live: unknown, desired: unknown, holders: HoldersIn, name: string): unknown {
  // The API server takes null for nothing, and does not keep what is new and empty.
  if (desired === undefined || desired === null)
    return isServerDefault({ ...holders, name }, live) ? live : released(live, holders)
  if (live === undefined && isEmpty(desired)) return undefined
  if (isReplaced(desired, name, holders))
    return withDefaults(desired, live, { kind: holders.kind, parent: name })
  const inside = { ...holders, parent: name }
  if (isMap(desired)) return isMap(live) ? foldMap(live, desired, inside) : desired
  if (Array.isArray(desired) && Array.isArray(live)) return foldList(live, desired, inside)
  return desired
}

interface Within {
  kind: string
  /** Field that the map, or the list of that map, is in. */
  parent: string
}

/** What replaces the live value, as the API server fills it in again. Items of a list are compared in their order. */
function withDefaults(desired: unknown, live: unknown, within: Within): unknown {
  if (Array.isArray(desired) && Array.isArray(live))
    return desired.map((item, index) => withDefaults(item, live[index], within))
  if (!isMap(desired) || !isMap(live)) return desired
  const owner = { ...live, ...desired }
  const back = Object.entries(live).filter(
    ([name, value]) =>
      !Object.hasOwn(desired, name) && isServerDefault({ ...within, name, owner }, value),
  )
  const said = Object.entries(desired).map(([name, value]): [string, unknown] => [
    name,
    withDefaults(value, live[name], { ...within, parent: name }),
  ])
  return Object.fromEntries([...said, ...back])
}

/** An empty map or list that is merged lets go of what was in it; others may hold some. */
function isReplaced(desired: unknown, name: string, { kind }: HoldersIn): boolean {
  return isEmpty(desired) ? isAtomic(kind, name) : isOwnedWhole(kind, name, desired)
}

function foldList(live: unknown[], desired: unknown[], holders: HoldersIn): unknown {
  const key = listKeyOf([...holders.ours, ...holders.others])
  if (key === undefined)
    return withDefaults(desired, live, { kind: holders.kind, parent: holders.parent ?? '' })
  return key === 'value' ? foldSet(live, desired, holders) : foldKeyed(live, desired, holders, key)
}

function foldSet(live: unknown[], desired: unknown[], holders: HoldersIn): unknown[] {
  const kept = releasedList(live, holders)
  const added = desired.filter(item => !kept.includes(item))
  const all = [...kept, ...added]
  return live.every(item => all.includes(item)) && added.length === 0 ? live : all
}

/** In git's order, what others added after it; as it is where it is the same. */
function foldKeyed(
  live: unknown[],
  desired: unknown[],
  holders: HoldersIn,
  names: readonly string[],
): unknown[] {
  const left = new Set(live.filter(isMap))
  const wanted = desired.filter(isMap).map(item => {
    const found = [...left].find(each => isSame(item, each, names))
    if (found === undefined) return item
    left.delete(found)
    return foldMap(found, item, holdersOfItem(holders, found))
  })
  const all = [...wanted, ...releasedList([...left], holders)]
  const byKey = live
    .filter(isMap)
    .flatMap(item => all.find(each => isMap(each) && isSame(item, each, names)) ?? [])
  return byKey.length === all.length && equalValues(live, byKey) ? live : all
}

/** What git leaves out of an item's key is the server's default, whatever that is (a port's protocol). */
function isSame(item: JsonMap, other: JsonMap, names: readonly string[]): boolean {
  return names.every(name => !Object.hasOwn(item, name) || equalValues(item[name], other[name]))
}
