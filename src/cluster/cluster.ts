import type { KubeObject, ObjectRef } from '../object/index.ts'
import type { RetryNotice, Warning } from './transport/request.ts'

/** Talks to one API server. Every method throws ClusterError (failure.ts), after bounded retries of what can get better. */
export interface Cluster {
  server: string
  context: string
  /** The namespace of the kubeconfig's context, if it names one. */
  namespace?: string
  /** The API server's version, such as v1.34.4; empty when it does not tell. */
  version: string
  /** Counts by verb since connect, for reports and benchmarks: {list: 6, patch: 2}. */
  requests: Record<string, number>
  /** Undefined when the API server does not serve the kind. Discovery is cached. */
  kind: (type: KindRef) => Promise<ServedKind | undefined>
  /** The group's versions (`apps/v1`), the preferred one first; none when the group is not served. */
  versions: (group: string) => Promise<readonly string[]>
  get: (ref: ObjectRef) => Promise<KubeObject | undefined>
  /** All pages. A namespace that does not exist gives an empty list. */
  list: (query: ListQuery, options?: ListOptions) => Promise<KubeObjectList>
  /** Server-side apply as field manager slipway. */
  apply: (object: KubeObject, options?: ApplyOptions) => Promise<KubeObject>
  create: (object: KubeObject, options?: { dryRun?: boolean }) => Promise<KubeObject>
  /** PUT with the object's resourceVersion. */
  update: (object: KubeObject) => Promise<KubeObject>
  patch: (ref: ObjectRef, patch: Patch, options?: { dryRun?: boolean }) => Promise<KubeObject>
  /** Resolves when the API server has accepted (the object may still be terminating) or the object with that UID is not there. */
  delete: (ref: ObjectRef, options: DeleteOptions) => Promise<'accepted' | 'absent'>
  /** Yields until the signal aborts; reconnects and re-lists by itself (a re-list begins with a `sync` event holding everything). */
  watch: (query: ListQuery, signal: AbortSignal) => AsyncIterable<WatchEvent>
  logs: (query: LogQuery) => Promise<string>
  /** Sends one HTTP request to a pod's port through the API server's port-forward. */
  requestPod: (request: PodRequest) => Promise<PodResponse>
  /** SelfSubjectAccessReview. */
  can: (access: AccessReview) => Promise<boolean>
  /** The API server's clock, from the Date of its answers: to a second, and not moved by ours. */
  serverTime: () => Date
  /**
   * The same connection with another signal for every request, retry and watch; without one, nothing interrupts it.
   * What has to be done after an interruption (recording, releasing the lock) is done through withSignal().
   */
  withSignal: (signal?: AbortSignal) => Cluster
  /**
   * The same connection, whose writes are each preceded by the question whether they may still be sent; on a no they fail
   * as after an interruption. A process that stood still sees the answers that came meanwhile before its timers go off.
   */
  fencedBy: (mayWrite: () => boolean) => Cluster
  close: () => void
}

export interface ConnectOptions {
  /** File; else KUBECONFIG, ~/.kube/config, the pod's service account: kubectl's order. */
  kubeconfig?: string
  /** Else the kubeconfig's current one. */
  context?: string
  /** Interrupts connecting, and every request, retry and watch of this connection: see Cluster.withSignal. */
  signal?: AbortSignal
  onRetry?: (notice: RetryNotice) => void
  /** Remarks of the API server on requests that it accepted: deprecated versions, objects that are being deleted. */
  onWarning?: (warning: Warning) => void
  /** What a credential plugin says while it runs: where to sign in, which code to type. */
  onSignIn?: (message: string) => void
  /** For one attempt of one request; default 30. */
  requestTimeoutSeconds?: number
  /** How often, and for how long, a request is tried again; default as often as fits into 60 s. */
  retry?: { attempts?: number; seconds?: number }
  /** How long a webhook that cannot be called is waited for; default 30. */
  webhookPatienceSeconds?: number
}

/** Works with the cluster of a kubeconfig context, the current one where none is named; the connection is opened for it and closed after it. */
export type InCluster = <Result>(
  target: { context?: string | undefined },
  work: (cluster: Cluster) => Promise<Result>,
) => Promise<Result>

export interface KindRef {
  apiVersion: string
  kind: string
}

export interface ServedKind extends KindRef {
  plural: string
  namespaced: boolean
  verbs: string[]
}

export interface ListQuery extends KindRef {
  namespace?: string
  labelSelector?: string
  fieldSelector?: string
}

export interface ListOptions {
  /** Without the list of fields that each manager holds, which is half of an object: for what is judged, and compared with nothing. */
  isLean?: boolean
}

export interface KubeObjectList {
  resourceVersion: string
  items: KubeObject[]
}

export interface ApplyOptions {
  dryRun?: boolean
  force?: boolean
  /** slipway when absent. */
  fieldManager?: string
}

export type Patch =
  | { type: 'json'; operations: readonly unknown[] }
  | { type: 'merge'; body: unknown }

export interface DeleteOptions {
  propagation: 'Foreground' | 'Background' | 'Orphan'
  /** Precondition: only the object with this UID. */
  uid?: string
  /** Precondition: only the object as it was read. Another one is `stale`. */
  resourceVersion?: string
  gracePeriodSeconds?: number
  dryRun?: boolean
}

export type WatchEvent =
  | { type: 'sync'; items: KubeObject[] }
  | { type: 'added' | 'modified' | 'deleted'; object: KubeObject }

export interface LogQuery {
  namespace: string
  pod: string
  container?: string
  previous?: boolean
  tailLines?: number
}

export interface PodRequest {
  namespace: string
  pod: string
  port: number
  method: 'GET' | 'POST'
  path: string
  body?: unknown
  timeoutSeconds: number
}

export interface PodResponse {
  status: number
  body: string
  latencySeconds: number
}

export interface AccessReview {
  verb: string
  group: string
  resource: string
  subresource?: string
  namespace?: string
}
