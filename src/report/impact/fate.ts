import type { Change } from '../change.ts'
import { podsOf } from './pods.ts'

/** What becomes of the pods that run now, or that none run yet; `count` is absent where an autoscaler holds their number, or nobody knows it. */
export interface Fate {
  fate: 'start' | 'stay' | 'restart' | 'stop'
  count?: number
}

/** Of an endpoint that is new. */
export function beginningOf([workload]: readonly Change[]): Fate {
  if (workload === undefined) return { fate: 'start', count: 0 }
  return { fate: 'start', ...counted(workload.desired && podsOf(workload.desired).replicas) }
}

/** Of the workloads of an endpoint that was there before. */
export function fateOf(workloads: readonly Change[]): Fate {
  const stopped = workloads.find(isScaledToNothing)
  if (stopped !== undefined) return { fate: 'stop', ...counted(replicasBefore(stopped)) }
  // One of two that take turns goes when the other serves.
  const goes = workloads.find(({ type, settles }) => type === 'prune' && settles !== true)
  const restarted = workloads.filter(isRestarted)
  if (restarted.length === 0) return { fate: goes === undefined ? 'stay' : 'stop' }
  const told = restarted.find(({ desired }) => desired !== undefined) ?? comesInstead(workloads)
  const count = told && restartedOf(told)
  return count === 0 ? { fate: 'stay' } : { fate: 'restart', ...counted(count) }
}

export function isRestarted({ restartsPods, type }: Change): boolean {
  return type === 'switch' || (restartsPods && type !== 'prune')
}

const comesInstead = (workloads: readonly Change[]) =>
  workloads.find(({ type }) => type === 'create')

function counted(count: number | undefined) {
  return count === undefined ? {} : { count }
}

/** Those beyond the new number only end; those beyond the old one only start. */
function restartedOf(change: Change): number | undefined {
  const now = change.desired && podsOf(change.desired).replicas
  return now === undefined ? undefined : Math.min(now, replicasBefore(change) ?? now)
}

const REPLICAS = /^spec\.(?:predictor\.minReplicas|replicas)$/

/** Where the change tells it. */
function replicasBefore({ changes }: Change): number | undefined {
  const before = changes.find(({ path }) => REPLICAS.test(path))?.before
  return typeof before === 'number' ? before : undefined
}

export function isScaledToNothing({ changes, desired }: Change): boolean {
  const isNothing = changes.some(({ path, after }) => REPLICAS.test(path) && after === 0)
  return isNothing && (desired === undefined || !podsOf(desired).isServerless)
}
