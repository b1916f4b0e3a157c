import { equalValues, isMap, defined } from '../../object/index.ts'
import type { FieldChange } from '../action.ts'

/** What differs between two JSON values, as leaves with readable paths; lists keyed by name are matched by name. */
export function differences(before: unknown, after: unknown, path = ''): FieldChange[] {
  if (equalValues(before, after)) return []
  if (isMap(before) && isMap(after)) return mapDifferences(before, after, path)
  if (Array.isArray(before) && Array.isArray(after)) return listDifferences(before, after, path)
  return [change(path, before, after)]
}

function mapDifferences(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  path: string,
): FieldChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].flatMap(name => differences(before[name], after[name], join(path, name)))
}

function listDifferences(before: unknown[], after: unknown[], path: string): FieldChange[] {
  const key = listKey([...before, ...after])
  if (key === undefined) return indexDifferences(before, after, path)
  const old = byKey(before, key)
  const fresh = byKey(after, key)
  if (old.size !== before.length || fresh.size !== after.length)
    return indexDifferences(before, after, path)
  const ids = new Set([...old.keys(), ...fresh.keys()])
  const changes = [...ids].flatMap(id =>
    differences(old.get(id), fresh.get(id), `${path}[${key}=${String(id)}]`),
  )
  return changes.length > 0 ? changes : [change(path, [...old.keys()], [...fresh.keys()])]
}

function indexDifferences(before: unknown[], after: unknown[], path: string): FieldChange[] {
  if (![...before, ...after].every(isMap)) return [change(path, before, after)]
  return Array.from({ length: Math.max(before.length, after.length) }).flatMap((_, index) =>
    differences(before[index], after[index], `${path}[${index}]`),
  )
}

/** The keys of Kubernetes' own keyed lists, in the order of preference. */
const LIST_KEYS = [
  'name',
  'containerPort',
  'port',
  'mountPath',
  'type',
  'host',
  'path',
  'topologyKey',
]

function listKey(items: unknown[]): string | undefined {
  return LIST_KEYS.find(key =>
    items.every(item => isMap(item) && ['string', 'number'].includes(typeof item[key])),
  )
}

function byKey(items: unknown[], key: string): Map<unknown, unknown> {
  return new Map(items.map(item => [(item as Record<string, unknown>)[key], item]))
}

function change(path: string, before: unknown, after: unknown): FieldChange {
  return defined({ path, before, after })
}

/** Names with dots or slashes (labels, annotations) are quoted: `metadata.labels["app.kubernetes.io/name"]`. */
function join(path: string, name: string): string {
  if (!/^[A-Za-z0-9_-]+$/.test(name)) return `${path}[${JSON.stringify(name)}]`
  return path === '' ? name : `${path}.${name}`
}
