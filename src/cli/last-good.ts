import type { Cluster } from '../cluster/index.ts'
import { setParent } from '../object/index.ts'
import type { Revision } from '../plan/index.ts'
import type { EndpointSet } from '../spec/index.ts'

/** Commits that were applied to the whole set with success, newest first, each once; without the given one. */
export async function goodCommits(
  cluster: Cluster,
  { project, environment }: Pick<EndpointSet, 'project' | 'environment'>,
  except: string | undefined,
): Promise<string[]> {
  const { readRevisions } = await import('../apply/index.ts')
  const parent = setParent(project, environment.name, environment.namespace)
  const revisions = await readRevisions(cluster, parent)
  const commits = revisions.filter(isGood).flatMap(({ commit }) => commit ?? [])
  return [...new Set(commits)].filter(commit => commit !== except)
}

function isGood({ result, only, dirty }: Revision): boolean {
  return result === 'succeeded' && only === undefined && !dirty
}
