import type { Cluster, ConnectOptions, InCluster } from './cluster.ts'

export type * from './cluster.ts'
export { areTaken, ClusterError, failureType, ifAllowed, listIfAllowed } from './failure/failure.ts'
export type {
  Failure,
  FailureType,
  FieldConflict,
  InvalidCause,
  Unreachable,
} from './failure/failure.ts'
export { acquireLease } from './lease/acquire.ts'
export type { LeaseOptions } from './lease/acquire.ts'
export type { Lease } from './lease/lease.ts'
export { asProblem } from './failure/problem.ts'
export type { RetryNotice, Warning } from './transport/request.ts'

/**
 * Opens a connection to an API server; what it takes is loaded now, not with this door.
 * Throws SlipwayError (`kubeconfig`), or ClusterError where the API server cannot be reached or refuses the login.
 */
export async function connect(options: ConnectOptions = {}): Promise<Cluster> {
  const { openCluster } = await import('./open.ts')
  return openCluster(options)
}

/** Where work with several clusters is to be done: a context of the options goes before that of the target. Throws as connect. */
export function inClusters(options: ConnectOptions = {}): InCluster {
  return async (target, work) => {
    const context = options.context ?? target.context
    const cluster = await connect({ ...options, ...(context === undefined ? {} : { context }) })
    try {
      return await work(cluster)
    } finally {
      cluster.close()
    }
  }
}
