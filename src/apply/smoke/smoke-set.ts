import type { InCluster } from '../../cluster/index.ts'
import { checkNames } from '../../project/index.ts'
import type { EndpointSet } from '../../spec/index.ts'
import { canSmoke, smokeTest, type SmokeResult } from './smoke.ts'

/** How the endpoints of an environment answered. */
export interface SmokeReport {
  environment: string
  endpoints: readonly SmokeResult[]
}

interface SmokeRequest {
  set: EndpointSet
  /** Of endpoints; none for all. */
  names: readonly string[]
  inCluster: InCluster
}

/** Runs the smoke tests of endpoints. Throws SlipwayError for a name that there is not, and ClusterError. */
export async function smokeSet({ set, names, inCluster }: SmokeRequest): Promise<SmokeReport> {
  const { environment, endpoints } = set
  checkNames(
    names,
    endpoints.map(({ name }) => name),
  )
  const chosen = endpoints
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .filter(canSmoke)
  const results = await inCluster(environment, cluster =>
    Promise.all(chosen.map(endpoint => smokeTest(cluster, endpoint))),
  )
  return { environment: environment.name, endpoints: results }
}
