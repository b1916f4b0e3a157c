import { formatRef, isServerDefault, refOf } from '../object/index.ts'
import type { KubeObject } from '../object/index.ts'
import { isKubectl } from './related.ts'
import { isEqual } from './read.ts'
import type { Json } from './read.ts'

/** One thing that adopting the spec would change, or that the spec cannot say. */
export interface Remark {
  object: string
  /** `spec.template.spec.containers[server].image` */
  path: string
  /** Undefined where there is nothing now. */
  live: unknown
  /** Undefined where the spec cannot say it. */
  rendered: unknown
}

/** Not for anybody to set. */
const SERVERS = /^(clusterIPs?|status)$/

/** What adopting `rendered` would change in `live`, object by object; nothing for equal ones. */
export function compare(rendered: readonly KubeObject[], live: readonly KubeObject[]): Remark[] {
  const found = new Map(live.map(object => [formatRef(refOf(object)), object]))
  const made = rendered.flatMap(object => {
    const ref = formatRef(refOf(object))
    const other = found.get(ref)
    if (other === undefined)
      return [{ object: ref, path: '', live: undefined, rendered: 'created' }]
    return differences(stripped(object), stripped(other)).map(each => ({ object: ref, ...each }))
  })
  const names = new Set(rendered.map(object => formatRef(refOf(object))))
  const left = [...found.keys()].filter(ref => !names.has(ref))
  return [
    ...made,
    ...left.map(ref => ({ object: ref, path: '', live: 'stays as it is', rendered: undefined })),
  ]
}

function stripped({ metadata, ...object }: KubeObject): Json {
  const { status: _status, ...rest } = object as Json
  const { labels = {}, annotations = {} } = metadata
  const own = Object.entries(annotations).filter(([name]) => !isKubectl(name))
  return { ...rest, metadata: { labels, annotations: Object.fromEntries(own) } }
}

type Difference = Omit<Remark, 'object'>

function differences(rendered: unknown, live: unknown, path = ''): Difference[] {
  if (isEqual(rendered, live)) return []
  const [ours, theirs] = [parts(rendered), parts(live)]
  if (ours === undefined || theirs === undefined) return leaf(rendered, live, path)
  const keys = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])]
  const isList = Array.isArray(rendered)
  return keys.flatMap(key =>
    differences(ours[key], theirs[key], isList ? `${path}[${key}]` : join(path, key)),
  )
}

function leaf(rendered: unknown, live: unknown, path: string): Difference[] {
  const key = path.replace(/^.*[.]/, '')
  if (SERVERS.test(key)) return []
  // As good as left out.
  if (rendered === undefined && isServerDefault(key, live)) return []
  if (live === undefined && isServerDefault(key, rendered)) return []
  if (isEmpty(rendered) && isEmpty(live)) return []
  return [{ path, live, rendered }]
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || (typeof value === 'object' && Object.keys(Object(value)).length === 0)
  )
}

/** Members, and entries of lists by what names them; undefined for a value. */
function parts(value: unknown): Json | undefined {
  if (Array.isArray(value)) {
    return Object.fromEntries(value.map((item, index) => [nameOf(item, index), item]))
  }
  return typeof value === 'object' && value !== null ? (value as Json) : undefined
}

function nameOf(item: unknown, index: number): string {
  const { name, mountPath } = Object(item) as Json
  const named = mountPath ?? name
  return typeof named === 'string' ? named : String(index)
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}
