import { isMap, type JsonMap } from './json.ts'
import { PatchError } from './patch-error.ts'

/**
 * Lists whose entries have names are merged entry by entry, as `kubectl patch` does; others are replaced.
 * For ports the name counts first, so that `{name: http, containerPort: 9000}` changes the port.
 */
const LIST_KEYS: Record<string, readonly string[]> = {
  containers: ['name'],
  initContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  imagePullSecrets: ['name'],
  volumeMounts: ['mountPath'],
  ports: ['name', 'containerPort', 'port'],
  topologySpreadConstraints: ['topologyKey'],
}

/** By what the entries of a list of this name are told apart, the first that an entry has; undefined where a list is replaced. */
export function mergeKeysOf(list: string): readonly string[] | undefined {
  return Object.hasOwn(LIST_KEYS, list) ? LIST_KEYS[list] : undefined
}

/**
 * A JSON merge patch (RFC 7386: null removes), with named lists merged as in a strategic merge patch
 * (`{name: x, $patch: delete}` removes an entry). Throws PatchError where something to be removed is not there.
 */
export function mergePatch(document: unknown, patch: JsonMap): unknown {
  return mergeMembers(isMap(document) ? document : {}, patch, '')
}

function mergeMembers(target: JsonMap, patch: JsonMap, path: string): JsonMap {
  const merged = new Map(Object.entries(target))
  for (const [key, value] of Object.entries(patch)) {
    const at = path === '' ? key : `${path}.${key}`
    if (value === null && !merged.delete(key))
      throw new PatchError(`${at} cannot be removed: it is not there.`)
    if (value === null) continue
    const before = merged.get(key)
    const after = mergeValue({ before, value, at, key })
    // Its last entry was removed: as the API server keeps it.
    if (isEmptied(before, after)) merged.delete(key)
    else merged.set(key, after)
  }
  return Object.fromEntries(merged)
}

function isEmptied(before: unknown, after: unknown): boolean {
  return Array.isArray(before) && before.length > 0 && Array.isArray(after) && after.length === 0
}

interface Merge {
  before: unknown
  value: unknown
  at: string
  key: string
}

function mergeValue({ before, value, at, key }: Merge): unknown {
  if (isMap(value)) return mergeMembers(isMap(before) ? before : {}, value, at)
  const keys = mergeKeysOf(key)
  if (!Array.isArray(value) || keys === undefined) return structuredClone(value)
  if (!value.every(isMap)) throw new PatchError(`${at} must be a list of entries with a name.`)
  if (value.length === 0)
    throw new PatchError(`${at}: [] changes nothing, since lists of named entries are merged.`)
  const entries = Array.isArray(before) ? before.filter(isMap) : []
  return value.reduce((list, entry) => mergeEntry(list, entry, { keys, at }), entries)
}

function mergeEntry(
  list: JsonMap[],
  patch: JsonMap,
  { keys, at }: { keys: readonly string[]; at: string },
): JsonMap[] {
  const { $patch: directive, ...entry } = patch
  const key = keys.find(name => entry[name] !== undefined && entry[name] !== null)
  if (key === undefined) throw new PatchError(`An entry of ${at} has no ${keys.join(' or ')}.`)
  const name = `${at}[${key}=${String(entry[key])}]`
  const same = list.find(candidate => candidate[key] === entry[key])
  if (directive === 'delete') {
    if (same === undefined) throw new PatchError(`${name} cannot be removed: it is not there.`)
    return list.filter(candidate => candidate !== same)
  }
  if (directive !== undefined) throw new PatchError(`${name}: the only $patch is delete.`)
  const merged = mergeMembers(same ?? {}, entry, name)
  return same === undefined
    ? [...list, merged]
    : list.map(candidate => (candidate === same ? merged : candidate))
}
