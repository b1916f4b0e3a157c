import type { KubeObject } from '../object/index.ts'
import type { KubeObjectList, ListOptions, ListQuery, ServedKind } from './cluster.ts'
import { pageReader, type Page } from './answer/list.ts'
import { Unexpected } from './answer/reader.ts'
import { failureType } from './failure/failure.ts'
import type { Session } from './session.ts'
import { listPath } from './resource.ts'

/** Objects per page. An answer of some ten megabytes is no burden, while pages of client-go's 500 make requests grow with the set. */
const PAGE = 5000

/** Of a list that is kept: what else the answers of large pages hold would stay in memory with it. */
const LEAN_PAGE = 100

/** All objects of a kind. A kind that is not served has none. */
export async function listObjects(
  session: Session,
  query: ListQuery,
  { isLean = false }: ListOptions = {},
): Promise<KubeObjectList> {
  const kind = await session.discovery.kind(query, session.signal)
  if (kind === undefined) return { resourceVersion: '', items: [] }
  const shape = isLean ? lean : (object: KubeObject) => object
  return inPages({ session, kind, query, limit: PAGE, shape })
}

/** All objects of a kind that is served, for a watch to begin with: each without what a watch leaves out of it. */
export function listLean(
  session: Session,
  kind: ServedKind,
  query: ListQuery,
): Promise<KubeObjectList> {
  return inPages({ session, kind, query, limit: LEAN_PAGE, shape: lean })
}

/** Without the list of fields that each manager holds, which is half of an object: verdicts want to know who wrote when. */
export function lean(object: KubeObject): KubeObject {
  const { managedFields, ...metadata } = object.metadata
  if (managedFields === undefined) return object
  const writers = managedFields.map(({ fieldsV1: _fields, ...writer }) => writer)
  return { ...object, metadata: { ...metadata, managedFields: writers } }
}

/** A continue token that expires on the way (410) ends paging: everything is asked for once more, in one answer (as client-go's pager does). */
async function inPages(listing: Listing): Promise<KubeObjectList> {
  try {
    return await allPages(listing)
  } catch (error) {
    if (failureType(error) !== 'expired') throw error
    return allPages({ ...listing, limit: undefined })
  }
}

interface Listing {
  session: Session
  kind: ServedKind
  query: ListQuery
  limit: number | undefined
  shape: (object: KubeObject) => KubeObject
}

async function allPages({
  session: { transport, signal },
  kind,
  query,
  limit,
  shape,
}: Listing): Promise<KubeObjectList> {
  const { labelSelector, fieldSelector } = query
  const read = pageReader(kind, query)
  const items: KubeObject[] = []
  const passed: Passed = { tokens: new Set(), names: new Set() }
  let token: string | undefined
  for (;;) {
    const request = {
      verb: 'list',
      method: 'GET',
      path: listPath(kind, query),
      query: { labelSelector, fieldSelector, limit: limit?.toString(), continue: token },
      kind: kind.kind,
      idempotent: true,
      signal,
    } as const
    const page = await transport.json(request, answer => onward(passed, read(answer)))
    for (const item of page.items) {
      items.push(shape(item))
      passed.names.add(nameOf(item))
    }
    token = page.continue
    passed.tokens.add(token ?? '')
    if (token === undefined) return { resourceVersion: page.resourceVersion, items }
  }
}

/** What came with the pages so far. */
export interface Passed {
  tokens: Set<string>
  names: Set<string>
}

/**
 * A page that leads to an earlier one, or further without an object, leads nowhere: the API server fills each page that another
 * follows. And what is there is there once.
 */
export function onward({ tokens, names }: Passed, page: Page): Page {
  const { items, continue: token } = page
  if (token !== undefined && tokens.has(token))
    throw new Unexpected('a page that continues with an earlier one')
  if (token !== undefined && items.length === 0)
    throw new Unexpected('a page that holds nothing and continues')
  const own = new Set(items.map(nameOf))
  const isRepeated = own.size < items.length || [...own].some(name => names.has(name))
  if (isRepeated) throw new Unexpected('a list that has an object twice')
  return page
}

function nameOf({ metadata: { namespace = '', name } }: KubeObject): string {
  return `${namespace}/${name}`
}
