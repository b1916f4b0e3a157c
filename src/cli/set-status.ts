import type { Cluster } from '../cluster/index.ts'
import { setParent } from '../object/index.ts'
import type { StatusReport } from '../report/index.ts'
import { observeEndpoints } from './observe.ts'
import { checkNames } from './project.ts'
import type { Project } from './project.ts'

/** The state of a set, or of some endpoints of it, with the revision applied last. */
export async function readStatus(
  cluster: Cluster,
  project: Project,
  names: readonly string[],
): Promise<StatusReport> {
  const { set } = project
  const { name: environment, namespace } = set.environment
  const { readRevisions } = await import('../apply/index.ts')
  const [endpoints, revisions] = await Promise.all([
    observeEndpoints(cluster, project),
    readRevisions(cluster, setParent(set.project, environment, namespace)),
  ])
  checkNames(
    names,
    endpoints.map(({ endpoint }) => endpoint),
  )
  const shown = endpoints.filter(({ endpoint }) => names.length === 0 || names.includes(endpoint))
  const inGit = new Set(set.endpoints.map(({ name }) => name))
  return {
    environment,
    endpoints: shown.map(each => ({ ...each, inGit: inGit.has(each.endpoint) })),
    lastRevision: revisions[0],
  }
}
