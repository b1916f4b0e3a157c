import type { Cluster } from '../../cluster/index.ts'
import type { StatusReport } from '../../overview/index.ts'
import type { Project } from '../../project/index.ts'
import { gatherBundles, type Bundle } from './gather.ts'

/** What is known of every endpoint that is not ready. */
export function gatherInTrouble(
  cluster: Cluster,
  { set, objects }: Project,
  { endpoints }: StatusReport,
): Promise<Bundle[]> {
  const inTrouble = endpoints.filter(({ state }) => state !== 'ready')
  const questions = inTrouble.map(({ endpoint, namespace = set.environment.namespace }) => {
    const own = objects.filter(each => each.endpoint.name === endpoint)
    return { endpoint, namespace, desired: own.map(({ object }) => object) }
  })
  return gatherBundles(cluster, questions)
}
