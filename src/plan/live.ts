import { APPLYSET, keyOf, refOf } from '../object/index.ts'
import type { KubeObject, ObjectRef } from '../object/index.ts'
import type { Cluster, KindRef, ListQuery } from '../cluster/index.ts'
import { groupKind, kindOfRecord } from './inventory.ts'
import type { Inventory } from './plan.ts'

/** A kind, and a namespace that it is wanted in. */
type Wanted = Pick<ObjectRef, 'apiVersion' | 'kind' | 'namespace'>

/** Live objects that carry the set's label: children that controllers copied it to included. */
export interface LiveSet {
  objects: KubeObject[]
  byKey: Map<string, KubeObject>
  /** Where was looked: namespaces of what is desired, and those that the parent records. */
  namespaces: string[]
  /** Recorded kinds that the API server no longer serves. */
  unserved: string[]
}

interface LiveQuery {
  cluster: Cluster
  setId: string
  desired: readonly Wanted[]
  recorded: Inventory | undefined
}

/** One LIST per kind and namespace, whatever the number of objects. */
export async function readLive({ cluster, setId, desired, recorded }: LiveQuery): Promise<LiveSet> {
  const { kinds, unserved } = await kindsToList(cluster, desired, recorded)
  const namespaces = namespacesToList(desired, recorded)
  const labelSelector = `${APPLYSET.partOf}=${setId}`
  const queries = kinds.flatMap(kind =>
    namespaces.map(namespace => ({ ...kind, namespace, labelSelector })),
  )
  const objects = await listAll(cluster, queries)
  return {
    objects,
    byKey: new Map(objects.map(object => [keyOf(refOf(object)), object])),
    namespaces,
    unserved,
  }
}

/** The API server answers one while we take in another; more at once would only lie in memory. */
const LISTS_AT_ONCE = 2

async function listAll(cluster: Cluster, queries: readonly ListQuery[]): Promise<KubeObject[]> {
  const lists: KubeObject[][] = queries.map(() => [])
  const left = [...queries.entries()]
  const work = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [index, query] = next
      lists[index] = (await cluster.list(query)).items
    }
  }
  await Promise.all(Array.from({ length: LISTS_AT_ONCE }, work))
  return lists.flat()
}

async function kindsToList(
  cluster: Cluster,
  desired: readonly Wanted[],
  recorded: Inventory | undefined,
): Promise<{ kinds: KindRef[]; unserved: string[] }> {
  const kinds = new Map<string, KindRef>()
  for (const { apiVersion, kind } of desired)
    kinds.set(groupKind({ apiVersion, kind }), { apiVersion, kind })
  const unserved: string[] = []
  for (const record of recorded?.groupKinds ?? []) {
    if (kinds.has(record)) continue
    const kind = await kindOfRecord(cluster, record)
    if (kind !== undefined && (await cluster.kind(kind)) !== undefined) kinds.set(record, kind)
    else unserved.push(record)
  }
  const served = await Promise.all([...kinds.values()].map(kind => cluster.kind(kind)))
  return { kinds: served.filter(kind => kind !== undefined), unserved }
}

function namespacesToList(desired: readonly Wanted[], recorded: Inventory | undefined): string[] {
  const namespaces = desired.flatMap(ref => ref.namespace ?? [])
  return [...new Set([...namespaces, ...(recorded?.namespaces ?? [])])]
}
