import { isFreelyNamed, isServerDefault } from '../kinds/index.ts'
import type { JsonMap } from '../object/index.ts'

export interface Difference {
  /** `spec.template.spec.containers[server].image` */
  path: string
  /** Undefined where there is nothing now. */
  live: unknown
  /** Undefined where the spec has nothing. */
  rendered: unknown
}

/** Where two values differ, leaf by leaf, the order of lists included; what the API server would fill in counts as said. */
export function differences(rendered: unknown, live: unknown, path = ''): Difference[] {
  return differencesAt(rendered, live, startOf(path))
}

function startOf(path: string): Where {
  const name = path.slice(path.lastIndexOf('.') + 1)
  return { path, name, isFree: isFreelyNamed(name) }
}

interface Where {
  path: string
  /** Of the value, and of the map that it is in. */
  name: string
  parent?: string | undefined
  owner?: JsonMap
  /** In a map whose members somebody has named. */
  isFree: boolean
}

function differencesAt(rendered: unknown, live: unknown, where: Where): Difference[] {
  const { path, name, isFree } = where
  if (rendered === live) return []
  const [ours, theirs] = [partsOf(rendered), partsOf(live)]
  if (ours === undefined || theirs === undefined || Array.isArray(rendered) !== Array.isArray(live))
    return leaf(rendered, live, where)
  const keys = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])]
  const isList = Array.isArray(live)
  const found = keys.flatMap(key =>
    differencesAt(
      ours[key],
      theirs[key],
      isList
        ? { ...where, path: `${path}[${key}]`, isFree: false }
        : {
            path: join(path, key),
            name: key,
            parent: name,
            owner: { ...ours, ...theirs },
            isFree: isFree || isFreelyNamed(key),
          },
    ),
  )
  return isList && found.length === 0 ? order({ ours, theirs, path }) : found
}

/** `within` is where the field of this name stands, as far as it is known. */
export function isSame(
  rendered: unknown,
  live: unknown,
  key: string,
  within: Pick<Where, 'parent'> = {},
): boolean {
  return differencesAt(rendered, live, { ...startOf(key), ...within }).length === 0
}

function leaf(rendered: unknown, live: unknown, where: Where): Difference[] {
  const { path, name: key, isFree } = where
  if (isFree && !isFreelyNamed(key)) return [{ path, live, rendered }]
  // As good as left out.
  if (rendered === undefined && isServerDefault(where, live)) return []
  // A number of replicas that is said is held against an autoscaler.
  if (live === undefined && key !== 'replicas' && isServerDefault(where, rendered)) return []
  if (isNothing(key, rendered) && isNothing(key, live)) return []
  return [{ path, live, rendered }]
}

const MAY_BE_EMPTY = new Set([
  'annotations',
  'labels',
  'limits',
  'metadata',
  'requests',
  'resources',
])

function isNothing(key: string, value: unknown): boolean {
  if (value === undefined || value === null) return true
  if (Array.isArray(value)) return value.length === 0
  return typeof value === 'object' && MAY_BE_EMPTY.has(key) && Object.keys(value).length === 0
}

/** Init containers run in it, variables refer to earlier ones, and a pod template in another order is another one. */
function order({
  ours,
  theirs,
  path,
}: {
  ours: JsonMap
  theirs: JsonMap
  path: string
}): Difference[] {
  const [rendered, live] = [Object.keys(ours), Object.keys(theirs)]
  return String(rendered) === String(live) ? [] : [{ path: `${path}[]`, live, rendered }]
}

/** Members, and entries of lists by what names them; undefined for a value. */
function partsOf(value: unknown): JsonMap | undefined {
  if (Array.isArray(value)) return entriesOf(value)
  return typeof value === 'object' && value !== null ? (value as JsonMap) : undefined
}

function entriesOf(list: readonly unknown[]): JsonMap {
  const names = list.map(nameOf)
  const isNamed = names.every(name => name !== undefined) && new Set(names).size === names.length
  return Object.fromEntries(
    list.map((item, index) => [isNamed ? (names[index] ?? '') : String(index), item]),
  )
}

/** What names an entry of a list among the others, if anything does. */
export function nameOf(item: unknown): string | undefined {
  const { name, mountPath } = Object(item) as JsonMap
  const named = mountPath ?? name
  return typeof named === 'string' ? named : undefined
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}
