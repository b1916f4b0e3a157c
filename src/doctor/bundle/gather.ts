import { ClusterError, type Cluster, type ListQuery } from '../../cluster/index.ts'
import { EVENT, isOf, POD } from '../../kinds/index.ts'
import type { KubeObject } from '../../object/index.ts'
import { readLastLogs } from '../../overview/index.ts'
import { maskObject, maskText } from '../../secret/index.ts'
import {
  endpointStatus,
  eventsIn,
  evidenceQueries,
  viewOf,
  type EndpointStatus,
} from '../../status/index.ts'
import { readLogs, type ContainerLog } from './logs.ts'
import { objectsOf } from './objects.ts'

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

/** Reads all of it. What may not be read is named, never thrown: a diagnosis with a gap is better than none. */
export function gatherBundles(
  cluster: Cluster,
  questions: readonly BundleQuestion[],
): Promise<Bundle[]> {
  const evidence = evidenceReader(cluster)
  return Promise.all(questions.map(question => gatherBundle(cluster, question, evidence)))
}

type EvidenceReader = (query: ListQuery) => Promise<KubeObject[]>

/** However many endpoints of a namespace ask, its pods and events are read once, and the cluster's nodes. */
function evidenceReader(cluster: Cluster): EvidenceReader {
  const read = new Map<string, Promise<KubeObject[]>>()
  return query => {
    const key = `${query.kind} ${query.namespace} ${query.labelSelector}`
    const items = read.get(key) ?? listItems(cluster, query)
    read.set(key, items)
    return items
  }
}

async function listItems(cluster: Cluster, query: ListQuery): Promise<KubeObject[]> {
  const { items } = await cluster.list(query)
  return items
}

async function gatherBundle(
  cluster: Cluster,
  { endpoint, namespace, desired = [] }: BundleQuestion,
  readItems: EvidenceReader,
): Promise<Bundle> {
  const found = await objectsOf({ cluster, endpoint, namespace, desired, readItems })
  const { own: objects, children } = found
  const unseen = [...found.unseen]
  const lists = await Promise.all(
    evidenceQueries([namespace]).map(query =>
      readItems(query).catch((error: unknown) => {
        if (!(error instanceof ClusterError)) throw error
        // What explains an endpoint from outside its namespace is more than most may read.
        if (isOf(query, EVENT)) unseen.push(`${query.kind}: ${error.message}`)
        return []
      }),
    ),
  )
  const pods = objects.filter(object => isOf(object, POD))
  return bundleOf({
    endpoint,
    namespace,
    desired,
    objects,
    children,
    evidence: lists.flat(),
    unseen,
    now: cluster.serverTime().toISOString(),
    words: await readLastLogs(cluster, pods),
    logs: await readLogs(cluster, pods),
  })
}

interface Gathered extends Required<BundleQuestion> {
  objects: readonly KubeObject[]
  /** What controllers made of other endpoints' objects, too. */
  children: readonly KubeObject[]
  /** By the evidence queries. */
  evidence: readonly KubeObject[]
  unseen: string[]
  now: string
  /** When it was written, where the objects do not say it. */
  since?: string | undefined
  /** Logs that explain an end. */
  words: readonly KubeObject[]
  logs: ContainerLog[]
}

/** What was read, put together: the diagnosis is that of status. */
export function bundleOf(gathered: Gathered): Bundle {
  const { endpoint, namespace, objects, desired, children, evidence, words } = gathered
  const { now, since, logs, unseen } = gathered
  return {
    endpoint,
    namespace,
    status: endpointStatus({
      endpoint,
      objects,
      desired,
      related: viewOf([...objects, ...children, ...evidence, ...words]),
      now,
      since,
    }),
    objects: objects.map(maskObject),
    events: eventsAbout(
      evidence.filter(object => isOf(object, EVENT)),
      objects,
    ),
    logs,
    unseen,
  }
}

interface TimedEvent {
  /** ISO; empty when the event has none. */
  time: string
  type: string
  reason: string
  /** `Pod/chat-1` */
  object: string
  count: number
  message: string
}

/** Events about the given objects, in the order in which they last happened. */
function eventsAbout(events: readonly KubeObject[], objects: readonly KubeObject[]): TimedEvent[] {
  return eventsIn(events, objects)
    .map(event => ({ ...event, message: maskText(event.message) }))
    .toSorted((a, b) => (a.time < b.time ? -1 : 1))
}
