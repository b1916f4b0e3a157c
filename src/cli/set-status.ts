import type { Cluster } from '../cluster/index.ts'
import type { StatusReport } from '../report/index.ts'
import { observeSet } from './observe.ts'
import { checkNames } from './project.ts'
import type { Project } from './project.ts'

/** The state of a set, or of some endpoints of it, with the revision applied last. */
export async function readStatus(
  cluster: Cluster,
  project: Project,
  names: readonly string[],
): Promise<StatusReport> {
  const { set } = project
  const { endpoints, revisions } = await observeSet(cluster, project)
  checkNames(
    names,
    endpoints.map(({ endpoint }) => endpoint),
  )
  const shown = endpoints.filter(({ endpoint }) => names.length === 0 || names.includes(endpoint))
  const inGit = new Set(set.endpoints.map(({ name }) => name))
  return {
    environment: set.environment.name,
    endpoints: shown.map(each => ({ ...each, inGit: inGit.has(each.endpoint) })),
    lastRevision: revisions[0],
  }
}
