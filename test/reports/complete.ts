import { ENDPOINT_LABEL, type KubeObject } from '../../src/object/index.ts'
import type { Header } from './read.ts'

/** An event of a report's first document; whole Event objects may follow as documents, too. */
export interface ReportEvent {
  /** `Pod/chat-1` */
  about: string
  reason: string
  message: string
  /** Of its last time; `first` where it was seen before. */
  at: string
  first?: string
  /** Warning when left out. */
  type?: string
  count?: number
  /** `spec.containers{server}` */
  fieldPath?: string
}

/** What a report may write: metadata may be short, `owner: ReplicaSet/chat-1` stands for an owner reference. */
type Written = KubeObject & { owner?: string }

/** Objects as the API server would show them: with namespaces, UIDs and owners, events, and last words where the kubelet keeps them. */
export function completed(header: Header, written: readonly Written[]): KubeObject[] {
  const named = new Map(written.map(object => [`${object.kind}/${object.metadata.name}`, object]))
  const objects = [...named.values()].map(object => owned(whole(object), named))
  const events = (header.events ?? []).map((event, index) => eventOf(event, index, named))
  return [...objects, ...events].map(object => withLastWords(object, header.logs ?? {}))
}

/** Kinds without a namespace. */
const CLUSTER = new Set([
  'Node',
  'PersistentVolume',
  'StorageClass',
  'PriorityClass',
  'RuntimeClass',
])

function whole(object: Written): Written {
  const { kind, metadata } = object
  const uid = uidOf(`${kind}/${metadata.name}`)
  if (CLUSTER.has(kind)) return { ...object, metadata: { uid, ...metadata } }
  const labels = { ...metadata.labels, ...(isLabelled(object) && { [ENDPOINT_LABEL]: 'chat' }) }
  return { ...object, metadata: { namespace: 'llm-ops', uid, ...metadata, labels } }
}

/** What is made of an endpoint has its label; evidence has not. */
function isLabelled({ owner, kind }: Written): boolean {
  return owner !== undefined || !EVIDENCE.has(kind)
}

const EVIDENCE = new Set(['PersistentVolumeClaim', 'LimitRange', 'Pod'])

function owned({ owner, ...object }: Written, named: ReadonlyMap<string, Written>): KubeObject {
  if (owner === undefined) return object
  const [kind = '', name = ''] = owner.split('/')
  const apiVersion = named.get(owner)?.apiVersion ?? 'apps/v1'
  const ownerReferences = [{ apiVersion, kind, name, uid: uidOf(owner), controller: true }]
  return { ...object, metadata: { ...object.metadata, ownerReferences } }
}

function eventOf(
  event: ReportEvent,
  index: number,
  named: ReadonlyMap<string, Written>,
): KubeObject {
  const { about, reason, message, at, first = at, type = 'Warning', count = 1, fieldPath } = event
  const [kind = '', name = ''] = about.split('/')
  const uid = named.get(about)?.metadata.uid ?? uidOf(about)
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `event-${index}`, namespace: 'llm-ops', uid: `event-${index}` },
    involvedObject: { kind, namespace: 'llm-ops', name, uid, ...(fieldPath && { fieldPath }) },
    type,
    reason,
    message,
    count,
    firstTimestamp: first,
    lastTimestamp: at,
  }
}

function uidOf(name: string): string {
  return `uid-${name}`
}

interface PodParts {
  spec?: { containers?: ContainerParts[]; initContainers?: ContainerParts[] }
  status?: { containerStatuses?: StatusParts[]; initContainerStatuses?: StatusParts[] }
}
interface ContainerParts {
  name: string
  terminationMessagePolicy?: string
}
interface StatusParts {
  name: string
  state?: EndParts
  lastState?: EndParts
}
interface EndParts {
  terminated?: { exitCode: number; message?: string }
}

/** The kubelet takes the end of the log for the message of an end by an error, where the container asks for it: 80 lines, 2048 bytes. */
function withLastWords(object: KubeObject, logs: Record<string, string>): KubeObject {
  const { spec, status } = object as KubeObject & PodParts
  if (object.kind !== 'Pod' || status === undefined) return object
  const asks = new Set(
    [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])]
      .filter(each => each.terminationMessagePolicy === 'FallbackToLogsOnError')
      .map(({ name }) => name),
  )
  const filled = (each: StatusParts) => {
    const log = logs[`${object.metadata.name}/${each.name}`]
    if (log === undefined || !asks.has(each.name)) return each
    const message = log.split('\n').slice(-80).join('\n').slice(-2048)
    return { ...each, state: told(each.state, message), lastState: told(each.lastState, message) }
  }
  const { containerStatuses = [], initContainerStatuses = [] } = status
  const filledStatus = {
    ...status,
    containerStatuses: containerStatuses.map(filled),
    initContainerStatuses: initContainerStatuses.map(filled),
  }
  return { ...object, status: filledStatus }
}

function told(end: EndParts | undefined, message: string): EndParts | undefined {
  if (end?.terminated === undefined || end.terminated.exitCode === 0) return end
  return { ...end, terminated: { message, ...end.terminated } }
}
