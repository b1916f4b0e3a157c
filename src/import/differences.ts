import { isMap, isServerDefault } from '../object/index.ts'
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
  return differencesAt(rendered, live, { path, isFree: isFreelyNamed(lastOf(path)) })
}

/** Maps whose members somebody has named, so that no name of one tells a default. */
export function isFreelyNamed(map: string): boolean {
  return FREELY_NAMED.has(map)
}

const FREELY_NAMED = new Set([
  'annotations',
  'data',
  'labels',
  'limits',
  'matchLabels',
  'nodeSelector',
  'options',
  'parameters',
  'requests',
  'selector',
  'volumeAttributes',
])

interface Where {
  path: string
  /** In a map whose members somebody has named. */
  isFree: boolean
}

function differencesAt(rendered: unknown, live: unknown, { path, isFree }: Where): Difference[] {
  if (rendered === live) return []
  const [ours, theirs] = [partsOf(rendered), partsOf(live)]
  if (ours === undefined || theirs === undefined || Array.isArray(rendered) !== Array.isArray(live))
    return leaf(rendered, live, { path, isFree })
  const keys = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])]
  const isList = Array.isArray(live)
  const found = keys.flatMap(key =>
    differencesAt(ours[key], theirs[key], {
      path: isList ? `${path}[${key}]` : join(path, key),
      isFree: !isList && (isFree || isFreelyNamed(key)),
    }),
  )
  return isList && found.length === 0 ? order({ ours, theirs, path }) : found
}

export function isSame(rendered: unknown, live: unknown, key: string): boolean {
  return differences(rendered, live, key).length === 0
}

function leaf(rendered: unknown, live: unknown, { path, isFree }: Where): Difference[] {
  const key = lastOf(path)
  if (isFree && !isFreelyNamed(key)) return [{ path, live, rendered }]
  // As good as left out.
  if (rendered === undefined && isFilledIn(key, live)) return []
  // A number of replicas that is said is held against an autoscaler.
  if (live === undefined && key !== 'replicas' && isFilledIn(key, rendered)) return []
  if (isNothing(key, rendered) && isNothing(key, live)) return []
  return [{ path, live, rendered }]
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}

/** What is filled in for a pull policy depends on the image's tag, and a restart policy makes an init container a sidecar. */
const NEVER_FILLED_IN = new Set(['imagePullPolicy', 'restartPolicy'])

function isFilledIn(key: string, value: unknown): boolean {
  if (NEVER_FILLED_IN.has(key)) return false
  if (!isMap(value)) return isServerDefault(key, value)
  // An empty map often says something: `emptyDir: {}`, `podSelector: {}`.
  const members = Object.entries(value)
  return (
    !isFreelyNamed(key) &&
    members.length > 0 &&
    members.every(([name, member]) => isFilledIn(name, member))
  )
}

const MAY_BE_EMPTY = new Set([
  'annotations',
  'labels',
  'limits',
  'metadata',
  'requests',
  'resources',
  'securityContext',
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
