import type { Cluster } from '../../cluster/index.ts'
import { ClusterError } from '../../cluster/index.ts'
import { POD, RELATED_TYPES, REPLICA_SET, groupKind, isOf } from '../../kinds/index.ts'
import type { Type } from '../../kinds/index.ts'
import { ENDPOINT_LABEL } from '../../object/index.ts'
import type { KubeObject } from '../../object/index.ts'
import { maskObject } from '../../secret/index.ts'
import { endpointStatus, viewOf } from '../../status/index.ts'
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
  const eventsIn = eventReader(cluster)
  return Promise.all(questions.map(question => gatherBundle(cluster, question, eventsIn)))
}

type EventReader = (namespace: string) => Promise<KubeObject[]>

/** However many endpoints of a namespace ask, its events are read once. */
function eventReader(cluster: Cluster): EventReader {
  const read = new Map<string, Promise<KubeObject[]>>()
  return namespace => {
    const events = read.get(namespace) ?? listEvents(cluster, namespace)
    read.set(namespace, events)
    return events
  }
}

async function listEvents(cluster: Cluster, namespace: string): Promise<KubeObject[]> {
  const { items } = await cluster.list({ apiVersion: 'v1', kind: 'Event', namespace })
  return items.map(item => ({ ...item, kind: 'Event' }))
}

async function gatherBundle(
  cluster: Cluster,
  question: BundleQuestion,
  eventsIn: EventReader,
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
  const events = await read('Event', () => eventsIn(namespace))
  const pods = objects.filter(object => isOf(object, POD))
  return {
    endpoint,
    namespace,
    status: endpointStatus({
      endpoint,
      objects,
      desired,
      related: viewOf([...objects, ...events]),
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
