import type { KubeObject } from '../../object/index.ts'
import type { Cluster, ListQuery } from '../cluster.ts'

/** What the API server (or the way to it) said no with: a closed union, decided once, here. */
export type Failure = { message: string; status: number } & (
  | { type: 'not-found' }
  | { type: 'being-deleted' }
  | { type: 'namespace-terminating' }
  | { type: 'field-conflict'; conflicts: FieldConflict[] }
  /** resourceVersion or UID precondition. */
  | { type: 'stale' }
  | { type: 'already-exists' }
  | { type: 'invalid'; causes: InvalidCause[] }
  /** Unknown field, malformed patch: the object does not fit the schema. */
  | { type: 'schema' }
  /** The webhook could not be called. */
  | { type: 'webhook-unavailable'; webhook: string }
  /** An admission webhook or policy said no. */
  | { type: 'denied'; webhook?: string }
  | { type: 'quota' }
  | { type: 'forbidden' }
  | { type: 'unauthorized' }
  | { type: 'throttled'; retryAfterSeconds?: number }
  /** 410: the resourceVersion or the continue token is too old. */
  | { type: 'expired' }
  /** Trouble of the API server or of etcd that passes: worth another try. */
  | { type: 'server'; retryAfterSeconds?: number }
  /** No answer: the way to the API server is broken. */
  | { type: 'unreachable'; why?: Unreachable }
  /** No answer in time, from the API server or from what it asks. */
  | { type: 'timeout' }
  /** Something answered, and not with what was asked: a proxy, a sign-in page, another server. */
  | { type: 'unexpected'; object?: string }
  /** The API server does not serve this kind. */
  | { type: 'kind-missing'; apiVersion: string; kind: string }
  /** The port-forward stands, the pod does not answer; `refused`: nothing listens on the port. */
  | { type: 'pod-unreachable'; refused: boolean }
  /** Our own signal was aborted. */
  | { type: 'aborted' }
  | { type: 'other' }
)

/** Whether nothing is wrong but that a node port or a cluster IP is another Service's (apiserver, pkg/registry/core/service). */
export function areTaken(causes: readonly InvalidCause[]): boolean {
  return causes.length > 0 && causes.every(({ message }) => TAKEN.test(message))
}

const TAKEN = /provided (port|IP) is already allocated/

export type FailureType = Failure['type']

export type Unreachable =
  | 'refused'
  | 'reset'
  | 'dns'
  | 'dns-temporary'
  | 'tls'
  | 'timeout'
  | 'proxy'
  | 'other'

export interface FieldConflict {
  manager: string
  /** As the server writes it: `.spec.replicas`. */
  field: string
}

export interface InvalidCause {
  reason: string
  message: string
  field: string
}

export class ClusterError extends Error {
  readonly failure: Failure

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options)
    this.name = 'ClusterError'
    this.failure = failure
  }
}

/** Our own signal stopped it; its reason is the cause. */
export function abortedError(signal: AbortSignal | undefined): ClusterError {
  return new ClusterError(
    { type: 'aborted', status: 0, message: 'interrupted' },
    { cause: signal?.reason },
  )
}

/** Undefined for what is no ClusterError. */
export function failureType(error: unknown): FailureType | undefined {
  return error instanceof ClusterError ? error.failure.type : undefined
}

/** Reads what one may not be allowed to read: what `otherwise` says then. */
export async function ifAllowed<T, const Otherwise = undefined>(
  reading: Promise<T>,
  otherwise?: Otherwise,
): Promise<T | Otherwise> {
  try {
    return await reading
  } catch (error) {
    if (failureType(error) === 'forbidden') return otherwise as Otherwise
    throw error
  }
}

/** All objects of a kind, none where it is not served; undefined where one may not list them. */
export async function listIfAllowed(
  { list }: Pick<Cluster, 'list'>,
  query: ListQuery,
): Promise<readonly KubeObject[] | undefined> {
  return (await ifAllowed(list(query)))?.items
}
