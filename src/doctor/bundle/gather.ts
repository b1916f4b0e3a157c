import type { Cluster, ListQuery } from '../../cluster/index.ts'
import { ClusterError } from '../../cluster/index.ts'
import { EVENT, POD, RELATED_TYPES, REPLICA_SET, groupKind, isOf } from '../../kinds/index.ts'
import type { Type } from '../../kinds/index.ts'
import { ENDPOINT_LABEL } from '../../object/index.ts'
import type { KubeObject } from '../../object/index.ts'
import { maskObject } from '../../secret/index.ts'
import { endpointStatus, evidenceQueries, viewOf } from '../../status/index.ts'
import type { EndpointStatus } from '../../status/index.ts'
import { eventsAbout } from './events.ts'
import type { TimedEvent } from './events.ts'
import { readLogs } from './logs.ts'
import type { ContainerLog } from './logs.ts'

/** Everything there is to know of one endpoint, fit to be shown: secrets are masked. */
export interface Bundle {
  endpoint: string
  namespace: string
  status: EndpointStatus
  /** Its objects and what controllers made of them, pods last. */
  objects: KubeObject[]
  events: TimedEvent[]
  logs: ContainerLog[]
  /** Kinds that could not be read. */
  unseen: string[]
}

export interface BundleQuestion {
  endpoint: string
  namespace: string
  /** As rendered: what else to look for than the usual kinds. */
  desired?: readonly KubeObject[]
}

/** What may be of an endpoint, and what controllers make of it; pods last. */
const KINDS = [...RELATED_TYPES, REPLICA_SET, POD]

/** Reads all of it. What may not be read is named, never thrown: a diagnosis with a gap is better than none. */
export function gatherBundles(
  cluster: Cluster,
  questions: readonly BundleQuestion[],
): Promise<Bundle[]> {
  const evidence = evidenceReader(cluster)
  return Promise.all(questions.map(question => gatherBundle(cluster, question, evidence)))
}

type EvidenceReader = (query: ListQuery) => Promise<KubeObject[]>

/** However many endpoints of a namespace ask, its events are read once, and the cluster's nodes. */
function evidenceReader(cluster: Cluster): EvidenceReader {
  const read = new Map<string, Promise<KubeObject[]>>()
  return query => {
    const key = `${query.kind} ${query.namespace}`
    const items = read.get(key) ?? listItems(cluster, query)
    read.set(key, items)
    return items
  }
}

async function listItems(cluster: Cluster, query: ListQuery): Promise<KubeObject[]> {
  const { apiVersion, kind } = query
  const { items } = await cluster.list(query)
  return items.map(item => ({ ...item, apiVersion, kind }))
}

async function gatherBundle(
  cluster: Cluster,
  question: BundleQuestion,
  readItems: EvidenceReader,
): Promise<Bundle> {
  const { endpoint, namespace, desired = [] } = question
  const unseen: string[] = []
  const read = async (kind: string, reading: () => Promise<KubeObject[]>) =>
    reading().catch((error: unknown) => {
      if (!(error instanceof ClusterError)) throw error
      unseen.push(`${kind}: ${error.message}`)
      return []
    })
  const labelSelector = `${ENDPOINT_LABEL}=${endpoint}`
  const lists = await Promise.all(
    kindsOf(desired).map(({ apiVersion, kind }) =>
      read(kind, async () => {
        if ((await cluster.kind({ apiVersion, kind })) === undefined) return []
        const { items } = await cluster.list({ apiVersion, kind, namespace, labelSelector })
        return items.map(item => ({ ...item, apiVersion, kind }))
      }),
    ),
  )
  const objects = lists.flat()
  const evidence = await Promise.all(
    evidenceQueries([namespace]).map(query => {
      const reading = () => readItems(query)
      // What explains an endpoint from outside its namespace is more than most may read.
      return isOf(query, EVENT) ? read(query.kind, reading) : reading().catch(unlessBug)
    }),
  )
  const events = evidence.flat().filter(object => isOf(object, EVENT))
  const pods = objects.filter(object => isOf(object, POD))
  return {
    endpoint,
    namespace,
    status: endpointStatus({
      endpoint,
      objects,
      desired,
      related: viewOf([...objects, ...evidence.flat()]),
      now: cluster.serverTime().toISOString(),
    }),
    objects: objects.map(maskObject),
    events: eventsAbout(events, objects),
    logs: await readLogs(cluster, pods),
    unseen,
  }
}

function kindsOf(desired: readonly KubeObject[]): Type[] {
  return [...new Map([...desired, ...KINDS].map(type => [groupKind(type), type])).values()]
}

function unlessBug(error: unknown): KubeObject[] {
  if (error instanceof ClusterError) return []
  throw error
}
