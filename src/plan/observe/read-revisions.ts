import type { Cluster } from '../../cluster/index.ts'
import { setParent } from '../../object/index.ts'
import type { EndpointSet } from '../../spec/index.ts'
import { revisionsOf, type Revision } from '../revisions.ts'
import { readParent } from './inventory.ts'

/** What was applied to a set, newest first. Throws ClusterError, and SlipwayError where the record is damaged. */
export async function readRevisions(
  cluster: Cluster,
  { project, environment }: Pick<EndpointSet, 'project' | 'environment'>,
): Promise<Revision[]> {
  const parent = setParent(project, environment.name, environment.namespace)
  const { object } = await readParent(cluster, parent)
  return revisionsOf(object)
}
