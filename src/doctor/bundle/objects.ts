import { ClusterError, type Cluster, type ListQuery } from '../../cluster/index.ts'
import { POD, RELATED_TYPES, REPLICA_SET, groupKind, isOf, type Type } from '../../kinds/index.ts'
import {
  ENDPOINT_LABEL,
  keyOf,
  refOf,
  type KubeObject,
  type ObjectRef,
} from '../../object/index.ts'
import { childQueries, ownedBy, viewOf } from '../../status/index.ts'

export interface ObjectsQuestion {
  cluster: Cluster
  endpoint: string
  namespace: string
  desired: readonly KubeObject[]
  /** What is read for all endpoints of a namespace is read once. */
  readItems: (query: ListQuery) => Promise<KubeObject[]>
}

export interface FoundObjects {
  /** The endpoint's, and what controllers made of them; pods last. */
  own: KubeObject[]
  /** What controllers made of other endpoints' objects, too: they may hold what this one waits for. */
  children: KubeObject[]
  /** Kinds that could not be read. */
  unseen: string[]
}

/** What may be of an endpoint, and what controllers make of it. */
const KINDS = [...RELATED_TYPES, REPLICA_SET, POD]

/** All objects of an endpoint: those with its label, those that it has without, and what they own. */
export async function objectsOf(question: ObjectsQuestion): Promise<FoundObjects> {
  const { cluster, namespace, desired, readItems } = question
  const unseen = new Set<string>()
  const read: Reader = async (kind, reading) =>
    reading().catch((error: unknown) => {
      if (!(error instanceof ClusterError)) throw error
      unseen.add(`${kind}: ${error.message}`)
      return []
    })
  const marked = await labelled(question, read)
  const refs = unlisted(desired, marked)
  const unmarked = await Promise.all(
    refs.map(ref =>
      read(ref.kind, async () => [await cluster.get(ref)].flatMap(each => each ?? [])),
    ),
  )
  const members = [...marked, ...unmarked.flat()]
  const hasUnmarked = members.length > marked.length
  const queries = childQueries(namespace, { members, hasUnmarked })
  const lists = await Promise.all(queries.map(query => read(query.kind, () => readItems(query))))
  const children = lists.flat()
  const made = viewOf(children)
  const own = distinct([...members, ...members.flatMap(object => ownedBy(object, made))])
  return { own, children, unseen: [...unseen] }
}

type Reader = (kind: string, reading: () => Promise<KubeObject[]>) => Promise<KubeObject[]>

async function labelled(
  { cluster, endpoint, namespace, desired }: ObjectsQuestion,
  read: Reader,
): Promise<KubeObject[]> {
  const labelSelector = `${ENDPOINT_LABEL}=${endpoint}`
  const lists = await Promise.all(
    kindsOf(desired).map(({ apiVersion, kind }) =>
      read(kind, async () => {
        const { items } = await cluster.list({ apiVersion, kind, namespace, labelSelector })
        return items
      }),
    ),
  )
  return lists.flat()
}

function kindsOf(desired: readonly KubeObject[]): Type[] {
  return [...new Map([...desired, ...KINDS].map(type => [groupKind(type), type])).values()]
}

/** What was rendered without a label, such as an InferenceService that was adopted as it ran. */
function unlisted(desired: readonly KubeObject[], listed: readonly KubeObject[]): ObjectRef[] {
  const known = new Set(listed.map(object => keyOf(refOf(object))))
  return desired
    .filter(({ metadata }) => metadata.labels?.[ENDPOINT_LABEL] === undefined)
    .map(refOf)
    .filter(ref => !known.has(keyOf(ref)))
}

function distinct(objects: readonly KubeObject[]): KubeObject[] {
  const byId = new Map(objects.map(object => [object.metadata.uid ?? object, object]))
  return [...byId.values()].toSorted((a, b) => Number(isOf(a, POD)) - Number(isOf(b, POD)))
}
