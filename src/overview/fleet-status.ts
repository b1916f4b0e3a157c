import type { Problem } from '../problem/index.ts'
import type { StatusReport } from './status-report.ts'

/** How a project is in several environments. */
export interface FleetStatus {
  project: string
  /** In the order that was asked for. */
  environments: readonly EnvironmentStatus[]
}

export interface EnvironmentStatus {
  environment: string
  /** kubeconfig context; the current one when absent. */
  context?: string | undefined
  /** Absent where it could not be read, which is not "nothing". */
  report?: StatusReport
  /** Of the API server's clock, in milliseconds. */
  now: number
  /** Why it could not be read, or may not be all. */
  problems: readonly Problem[]
}

/** 0 where every endpoint is ready, 1 where one is not, 2 where an environment could not be read. */
export function fleetExitCode({ environments }: FleetStatus): 0 | 1 | 2 {
  if (environments.some(({ report }) => report === undefined)) return 2
  const endpoints = environments.flatMap(({ report }) => report?.endpoints ?? [])
  return endpoints.every(({ state }) => state === 'ready') ? 0 : 1
}
