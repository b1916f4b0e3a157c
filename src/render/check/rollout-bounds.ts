import { at, text } from '../../object/index.ts'
import type { Pods } from './pods.ts'

/** How a rolling update moves, in pods: the API server rounds surge up and unavailability down. */
export interface Rollout {
  surge: number
  unavailable: number
}

/** Undefined unless it is a rolling update. */
export function rolloutOf({ strategy, replicas }: Pods): Rollout | undefined {
  if (at(strategy, 'type') !== 'RollingUpdate') return undefined
  const bounds = at(strategy, 'rollingUpdate')
  return {
    surge: Math.ceil(podsOf(at(bounds, 'maxSurge') ?? '25%', replicas)),
    unavailable: Math.floor(podsOf(at(bounds, 'maxUnavailable') ?? '25%', replicas)),
  }
}

function podsOf(bound: unknown, replicas: number): number {
  const share = text(bound)
  return share === undefined ? Number(bound) : (Number.parseInt(share, 10) / 100) * replicas
}
