import { ClusterError, type Cluster, type KindRef, type ListQuery } from '../../cluster/index.ts'
import { RENDERED_TYPES, groupKind } from '../../kinds/index.ts'
import { APPLYSET, keyOf, refOf, type KubeObject, type ObjectRef } from '../../object/index.ts'
import type { Inventory } from '../plan.ts'
import { isServed, kindOfRecord } from './inventory.ts'
import { asMarked, findUnmarked } from './unmarked.ts'

/** A kind, and a namespace that it is wanted in. */
type Wanted = Pick<ObjectRef, 'apiVersion' | 'kind' | 'namespace'>

/** Live objects that carry the set's label: children that controllers copied it to included. */
export interface LiveSet {
  objects: KubeObject[]
  byKey: Map<string, KubeObject>
  /** Members that carry no label, as they are; in the other two they look as if they did. */
  unmarked: Map<string, KubeObject>
  /** Where was looked: namespaces of what is desired, and those that the parent records, or that git has where there is no record. */
  namespaces: string[]
  /** Recorded kinds that the API server does not serve now. */
  unserved: string[]
  /** What may not be listed of the kinds that are only looked for because nobody recorded what the set holds. */
  unseen: Unseen[]
}

export interface Unseen {
  kind: string
  namespace: string
}

interface LiveQuery {
  cluster: Cluster
  setId: string
  desired: readonly Wanted[]
  recorded: Inventory | undefined
  /** Of the set by git: where to look when no namespaces are recorded. */
  namespaces: readonly string[]
  /** Namespaces that are not there. */
  missing?: readonly string[]
}

/**
 * One LIST per kind and namespace, whatever the number of objects. Kinds are those desired and recorded; where none are recorded,
 * all that slipway renders: the record may have been deleted.
 */
export async function readLive(query: LiveQuery): Promise<LiveSet> {
  const { cluster, setId, missing = [] } = query
  const { kinds, unserved } = await kindsToList(query)
  const namespaces = namespacesToList(query)
  const labelSelector = `${APPLYSET.partOf}=${setId}`
  const looks = kinds.flatMap(({ type, isGuessed }) =>
    namespaces
      .filter(namespace => !missing.includes(namespace))
      .map(namespace => ({ query: { ...type, namespace, labelSelector }, isGuessed })),
  )
  const { objects: labelled, unseen } = await listAll(cluster, looks)
  const found = await findUnmarked(cluster, { setId, members: membersToFind(query, labelled) })
  const marked = found.map(({ object, endpoint }) => asMarked(object, { setId, endpoint }))
  const objects = [...labelled, ...marked]
  return {
    objects,
    unmarked: new Map(found.map(({ object }) => [keyOf(refOf(object)), object])),
    byKey: new Map(objects.map(object => [keyOf(refOf(object)), object])),
    namespaces,
    unserved,
    unseen,
  }
}

function membersToFind({ recorded, missing = [] }: LiveQuery, labelled: readonly KubeObject[]) {
  const known = new Set(labelled.map(object => keyOf(refOf(object))))
  return (recorded?.unmarked ?? []).filter(
    member => !known.has(keyOf(member)) && !missing.includes(member.namespace ?? ''),
  )
}

/** Whether the parent says what the set holds. An empty list is not believed: a set that holds nothing has no parent. */
export function isRecorded(recorded: Inventory | undefined): recorded is Inventory {
  return recorded !== undefined && recorded.groupKinds.length > 0
}

interface Look {
  query: ListQuery & { namespace: string }
  /** Of a kind that is neither desired nor recorded. */
  isGuessed: boolean
}

/** The API server answers one while we take in another; more at once would only lie in memory. */
const LISTS_AT_ONCE = 2

async function listAll(cluster: Cluster, looks: readonly Look[]) {
  const lists: (KubeObject[] | undefined)[] = looks.map(() => [])
  const left = [...looks.entries()]
  const work = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [index, look] = next
      lists[index] = await listOne(cluster, look)
    }
  }
  await Promise.all(Array.from({ length: LISTS_AT_ONCE }, work))
  const hidden = looks.filter((_, index) => lists[index] === undefined)
  return {
    objects: lists.flatMap(items => items ?? []),
    unseen: hidden.map(({ query: { kind, namespace } }) => ({ kind, namespace })),
  }
}

/** Undefined where it is forbidden, and nothing says that there is something. */
async function listOne(
  cluster: Cluster,
  { query, isGuessed }: Look,
): Promise<KubeObject[] | undefined> {
  try {
    return (await cluster.list(query)).items
  } catch (error) {
    const failure = error instanceof ClusterError ? error.failure.type : undefined
    if (isGuessed && failure === 'forbidden') return undefined
    // Its definition was removed just now.
    if (isGuessed && failure === 'not-found') return []
    throw error
  }
}

interface ListedKind {
  type: KindRef
  isGuessed: boolean
}

async function kindsToList({ cluster, desired, recorded }: LiveQuery) {
  const kinds = new Map<string, ListedKind>()
  for (const { apiVersion, kind } of desired)
    kinds.set(groupKind({ apiVersion, kind }), { type: { apiVersion, kind }, isGuessed: false })
  const unserved: string[] = []
  for (const record of recorded?.groupKinds ?? []) {
    if (kinds.has(record)) continue
    const type = await kindOfRecord(cluster, record)
    if (type === undefined) unserved.push(record)
    else kinds.set(record, { type, isGuessed: false })
  }
  const guesses = isRecorded(recorded) ? [] : RENDERED_TYPES
  for (const type of guesses.filter(each => !kinds.has(groupKind(each))))
    kinds.set(groupKind(type), { type, isGuessed: true })
  const all = [...kinds.values()]
  const served = await Promise.all(all.map(({ type }) => isServed(cluster, type)))
  return { kinds: all.filter((_, index) => served[index]), unserved }
}

function namespacesToList({ desired, recorded, namespaces }: LiveQuery): string[] {
  const wanted = desired.flatMap(ref => ref.namespace ?? [])
  const known = recorded?.namespaces ?? []
  return [...new Set([...wanted, ...known, ...(isRecorded(recorded) ? [] : namespaces)])]
}
