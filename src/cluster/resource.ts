import { formatRef, type ObjectRef } from '../object/index.ts'
import type { ListQuery, ServedKind } from './cluster.ts'
import { rootOf } from './discovery.ts'
import { ClusterError } from './failure/failure.ts'

/** The URL path of one object. */
export function objectPath(kind: ServedKind, ref: ObjectRef): string {
  return `${collection(kind, ref.namespace, formatRef(ref))}/${encodeURIComponent(ref.name)}`
}

/** Where an object is POSTed to. */
export function collectionPath(kind: ServedKind, ref: ObjectRef): string {
  return collection(kind, ref.namespace, formatRef(ref))
}

/** One namespace, or all of them. */
export function listPath(kind: ServedKind, { namespace }: ListQuery): string {
  const root = rootOf(kind.apiVersion)
  return kind.namespaced && namespace !== undefined
    ? `${root}/namespaces/${encodeURIComponent(namespace)}/${kind.plural}`
    : `${root}/${kind.plural}`
}

function collection(
  { apiVersion, plural, namespaced }: ServedKind,
  namespace: string | undefined,
  name: string,
): string {
  const root = rootOf(apiVersion)
  if (!namespaced) return `${root}/${plural}`
  if (namespace !== undefined && namespace !== '')
    return `${root}/namespaces/${encodeURIComponent(namespace)}/${plural}`
  throw new ClusterError({
    type: 'other',
    status: 0,
    message: `${name} has no namespace, and its kind needs one`,
  })
}
