import type { Cluster } from '../cluster/index.ts'
import type { Plan, Revision } from '../plan/index.ts'
import type { Endpoint } from '../spec/index.ts'
import type { ApplyEvent } from './events.ts'
import type { Watching } from './watch/watching.ts'

export interface ApplyOptions {
  /** Wait until endpoints are ready and deletions finished. Deletions that a creation depends on are always awaited. */
  wait: boolean
  /** Endpoints to be asked once they are ready: what is wrong with an answer fails the endpoint. */
  smoke?: readonly Endpoint[]
  /** As loaded: by them the pods of a candidate, and those that take over, are asked before they get requests. Without, nobody asks them. */
  endpoints?: readonly Endpoint[]
  /** Replaces each endpoint's own time to become ready. */
  timeoutSeconds?: number
  /** How long an object and its pods may take to be gone, beyond their own grace period. */
  deleteTimeoutSeconds: number
  /** Take finalizers off that still hold a deletion after that time; never those of Kubernetes itself. */
  forceFinalizers: boolean
  /** Delete pods that have not ended after that time without their node's word. */
  forceDeletePods: boolean
  /** Create what was deleted to be replaced again when its replacement is refused. */
  restoreReplaced: boolean
  /** How long to wait for another apply to finish. */
  lockTimeoutSeconds: number
  /** How long the lock outlives an apply that was killed; renewed three times as often. */
  lockTtlSeconds: number
}

export const DEFAULT_OPTIONS: ApplyOptions = {
  wait: true,
  deleteTimeoutSeconds: 300,
  forceFinalizers: false,
  forceDeletePods: false,
  restoreReplaced: false,
  lockTimeoutSeconds: 300,
  lockTtlSeconds: 30,
}

/** What one apply's parts share. */
export interface Run {
  plan: Plan
  /** Recorded before this one, newest first. */
  revisions: readonly Revision[]
  cluster: Cluster
  options: ApplyOptions
  watching: Watching
  emit: (event: EventBody) => void
  /** Aborts on interruption and when the lock is lost: nothing is written after that. */
  signal: AbortSignal
}

/** An event without its time, which is added where it is emitted. */
export type EventBody = DistributiveOmit<ApplyEvent, 'time'>

type DistributiveOmit<T, K extends keyof T> = T extends unknown ? Omit<T, K> : never

/** `start` is of performance.now(): a clock that is set meanwhile changes no duration. */
export function secondsSince(start: number): number {
  return Math.round((performance.now() - start) / 100) / 10
}
