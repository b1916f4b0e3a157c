import type { KubeObject } from '../object/index.ts'
import type { Change } from './change.ts'
import { plural } from './words.ts'

/**
 * What the changes of one endpoint mean for those who use it: pods restarted, a gap in service,
 * GPUs needed twice during the roll-out, objects deleted.
 */
export function effectsOf(changes: readonly Change[]): string[] {
  const rollouts = changes.filter(({ restartsPods, type }) => restartsPods && type !== 'prune')
  return [
    ...rollouts.flatMap(rolloutEffects),
    ...(changes.some(change => change.type === 'switch')
      ? ['gap in service: old runtime goes first']
      : []),
    ...deletions(changes),
  ]
}

function rolloutEffects({ type, desired }: Change): string[] {
  if (type === 'create' || type === 'switch') return []
  const pods = desired && podsOf(desired)
  const count = pods?.replicas
  const restarts = count === undefined ? 'restarts pods' : `restarts ${plural(count, 'pod')}`
  if (type === 'replace') return [restarts, 'gap in service: deleted, then created']
  if (pods?.strategy === 'Recreate') return [restarts, 'gap in service: Recreate']
  if (pods !== undefined && leavesNobody(pods))
    return [restarts, `gap in service: ${plural(pods.replicas ?? 1, 'pod')} at once, none stays`]
  const spare = pods === undefined ? 0 : surgeOf(pods) * pods.gpus
  return spare === 0 ? [restarts] : [restarts, `needs ${plural(spare, 'spare GPU')}`]
}

function deletions(changes: readonly Change[]): string[] {
  const deleted = changes.filter(({ type }) => type === 'prune')
  const isWholeEndpoint = deleted.length === changes.length
  if (deleted.length === 0 || isWholeEndpoint) return []
  return [`deletes ${deleted.map(change => change.ref.kind).join(', ')}`]
}

interface Pods {
  /** Absent where an autoscaler decides. */
  replicas?: number
  gpus: number
  strategy?: string
  maxSurge: unknown
  maxUnavailable: unknown
}

/** What a Deployment or an InferenceService's predictor says about its pods. */
function podsOf({ kind, spec }: KubeObject): Pods | undefined {
  const source = asMap(kind === 'InferenceService' ? asMap(spec)['predictor'] : spec)
  const pod = kind === 'InferenceService' ? source : asMap(asMap(source['template'])['spec'])
  const strategy = asMap(source[kind === 'InferenceService' ? 'deploymentStrategy' : 'strategy'])
  const replicas = kind === 'InferenceService' ? source['minReplicas'] : source['replicas']
  return {
    ...(typeof replicas === 'number' ? { replicas } : {}),
    ...(typeof strategy['type'] === 'string' ? { strategy: strategy['type'] } : {}),
    gpus: gpusOf(pod),
    maxSurge: asMap(strategy['rollingUpdate'])['maxSurge'] ?? '25%',
    maxUnavailable: asMap(strategy['rollingUpdate'])['maxUnavailable'] ?? '25%',
  }
}

function gpusOf(pod: Record<string, unknown>): number {
  const containers = Array.isArray(pod['containers']) ? pod['containers'].map(asMap) : []
  let gpus = 0
  for (const { resources } of [...containers, asMap(pod['model'])]) {
    for (const [name, value] of Object.entries(asMap(asMap(resources)['limits']))) {
      if (name.endsWith('/gpu')) gpus += Number(value)
    }
  }
  return gpus
}

/** Pods above the replicas during a rolling update; percentages round up, as the Deployment controller does. */
function surgeOf({ maxSurge, replicas = 1 }: Pods): number {
  return Math.ceil(countOf(maxSurge, replicas))
}

/** Whether a rolling update may take every pod away before a new one is ready; percentages round down, and with neither surge nor absence one may be absent. */
function leavesNobody(pods: Pods): boolean {
  const { maxUnavailable, replicas } = pods
  if (replicas === undefined || replicas === 0) return false
  const absent = Math.floor(countOf(maxUnavailable, replicas))
  return (absent === 0 && surgeOf(pods) === 0 ? 1 : absent) >= replicas
}

function countOf(value: unknown, replicas: number): number {
  if (typeof value === 'number') return value
  const share = /^(\d+)%$/.exec(String(value))?.[1]
  return share === undefined ? 0 : (Number(share) / 100) * replicas
}

function asMap(value: unknown): Record<string, unknown> {
  return isMap(value) ? value : {}
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
