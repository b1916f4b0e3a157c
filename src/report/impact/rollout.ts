import { isKserve, makesRevision, shareOf } from '../../kinds/index.ts'
import { isTracked, type KubeObject } from '../../object/index.ts'
import type { Change } from '../change.ts'
import type { Answer } from './downtime.ts'
import { isRestarted, isScaledToNothing } from './fate.ts'
import { podsOf, type Pods } from './pods.ts'
import { plural } from '../../words/index.ts'

/** Whether the pods of a workload are all away at some time; nothing where the change does not touch them. */
export function rolloutAnswer(change: Change): Answer[] {
  const { type, ref, desired } = change
  if (type === 'switch') return [yes(`${ref.kind} is deleted before the new one is created`)]
  if (isScaledToNothing(change)) return [yes('it is scaled to 0')]
  if (!isRestarted(change)) return []
  if (type === 'replace') return [yes(`${ref.kind} is deleted, then created`)]
  return desired === undefined ? [] : [updateAnswer(podsOf(desired))]
}

function yes(because: string): Answer {
  return { answer: 'yes', because }
}

function updateAnswer(pods: Pods): Answer {
  const { replicas, floor = 1, strategy, maxUnavailable, isServerless } = pods
  if (isServerless)
    return { answer: 'no', because: 'Knative sends to the new one when it is ready' }
  if (replicas === 0) return { answer: 'no', because: 'it has no pods' }
  if (strategy === 'Recreate') return yes(`Recreate stops ${allOf(replicas)} first`)
  const bound = `maxUnavailable ${String(maxUnavailable)}`
  const absent = absentOf(pods, floor)
  if (absent < floor)
    return { answer: 'no', because: `rolling update with ${bound}${ofAll(pods, absent)}` }
  if (replicas !== undefined) return yes(`${bound} lets ${allOf(replicas)} go first`)
  const because = `${bound}, and an autoscaler may hold it at ${plural(floor, 'pod')}`
  return { answer: 'possible', because }
}

function ofAll({ replicas }: Pods, absent: number): string {
  return absent === 0 || replicas === undefined ? '' : `, of ${plural(replicas, 'pod')}`
}

function allOf(count: number | undefined): string {
  if (count === undefined) return 'all pods'
  return count === 1 ? 'the only pod' : `all ${count} pods`
}

/** Pods that may be missing: percentages round down, and where neither surge nor absence is left one may be absent (as Kubernetes' ResolveFenceposts). */
function absentOf({ maxUnavailable, maxSurge }: Pods, replicas: number): number {
  const absent = Math.floor(countOf(maxUnavailable, replicas))
  return absent === 0 && Math.ceil(countOf(maxSurge, replicas)) === 0 ? 1 : absent
}

/** GPUs of the pods above the replicas during a rolling update; percentages round up. */
export function spareGpusOf(change: Change): number {
  const { type, desired } = change
  if (type === 'create' && isTracked(desired)) return gpusOfAll(desired)
  const isRolling = isRestarted(change) || bringsCandidate(change)
  if (!isRolling || desired === undefined || (type !== 'update' && type !== 'adopt')) return 0
  const { maxSurge, floor = 1, gpus, strategy, isServerless } = podsOf(desired)
  if (strategy === 'Recreate' || floor === 0) return 0
  return (isServerless ? floor : Math.ceil(countOf(maxSurge, floor))) * gpus
}

/** Of Knative's, whose revision before goes on. */
function bringsCandidate({ desired, changes }: Change): boolean {
  if (desired === undefined || !isKserve(desired) || shareOf(desired) === undefined) return false
  return changes.some(({ path }) => makesRevision(path))
}

/** A candidate runs beside what serves. */
function gpusOfAll(desired: KubeObject | undefined): number {
  if (desired === undefined) return 0
  const { replicas = 0, gpus } = podsOf(desired)
  return replicas * gpus
}

function countOf(value: unknown, replicas: number): number {
  if (typeof value === 'number') return value
  const share = /^(\d+)%$/.exec(String(value))?.[1]
  return share === undefined ? 0 : (Number(share) / 100) * replicas
}
