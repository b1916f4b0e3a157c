import type { KubeObject } from '../object/index.ts'
import type { KubeObjectList, ListQuery, ServedKind } from './cluster.ts'
import { ClusterError } from './failure/failure.ts'
import type { Session } from './session.ts'
import { listPath } from './resource.ts'

/** Objects per page: client-go's number, so that one answer stays small. */
const PAGE = 500

/** All objects of a kind. A kind that is not served has none. */
export async function listObjects(session: Session, query: ListQuery): Promise<KubeObjectList> {
  const kind = await session.discovery.kind(query, session.signal)
  return kind === undefined ? { resourceVersion: '', items: [] } : listKind(session, kind, query)
}

/** A continue token that expires on the way (410) ends paging: everything is asked for once more, in one answer (as client-go's pager does). */
export async function listKind(
  session: Session,
  kind: ServedKind,
  query: ListQuery,
): Promise<KubeObjectList> {
  try {
    return await allPages({ session, kind, query, limit: PAGE })
  } catch (error) {
    if (!(error instanceof ClusterError) || error.failure.type !== 'expired') throw error
    return allPages({ session, kind, query, limit: undefined })
  }
}

interface Listing {
  session: Session
  kind: ServedKind
  query: ListQuery
  limit: number | undefined
}

interface ListAnswer {
  metadata?: { resourceVersion?: string; continue?: string }
  items?: KubeObject[]
}

async function allPages({
  session: { transport, signal },
  kind,
  query,
  limit,
}: Listing): Promise<KubeObjectList> {
  const { labelSelector, fieldSelector } = query
  const items: KubeObject[] = []
  let token: string | undefined
  for (;;) {
    const page = await transport.json<ListAnswer>({
      verb: 'list',
      method: 'GET',
      path: listPath(kind, query),
      query: { labelSelector, fieldSelector, limit: limit?.toString(), continue: token },
      kind: kind.kind,
      idempotent: true,
      signal,
    })
    for (const item of page.items ?? []) items.push(named(item, kind))
    token = page.metadata?.continue
    if (!token) return { resourceVersion: page.metadata?.resourceVersion ?? '', items }
  }
}

/** Items of built-in lists do not say what they are. */
function named(item: KubeObject, { apiVersion, kind }: ServedKind): KubeObject {
  if (item.apiVersion !== undefined && item.kind !== undefined) return item
  return { ...item, apiVersion, kind }
}
