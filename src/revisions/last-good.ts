import type { Cluster } from '../cluster/index.ts'
import { readRevisions } from '../plan/index.ts'
import type { Revision } from '../plan/index.ts'
import { findProvenance, loadProject } from '../project/index.ts'
import type { Project, ProjectChoice, ProvenProject, Provenance } from '../project/index.ts'

/** Commits that were applied to the whole set with success, newest first, each once; without the given one. */
export function goodCommits(revisions: readonly Revision[], except: string | undefined): string[] {
  const commits = revisions.filter(isGood).flatMap(({ commit }) => commit ?? [])
  return [...new Set(commits)].filter(commit => commit !== except)
}

function isGood({ result, only, dirty }: Revision): boolean {
  return result === 'succeeded' && only === undefined && !dirty
}

export interface Failed {
  cluster: Cluster
  /** What was applied, and failed. */
  project: Project
  provenance: Provenance
  choice: ProjectChoice
}

export interface LastGood {
  commit: string
  /** Throws SlipwayError where the commit is not here, or is not valid any more. */
  load: () => Promise<ProvenProject>
}

/** The last commit that the record calls good, for endpoints that failed to be returned to (R6); undefined where there is none. */
export async function findLastGood(failed: Failed): Promise<LastGood | undefined> {
  const { cluster, project, provenance, choice } = failed
  const { directory, set } = project
  const [commit] = goodCommits(await readRevisions(cluster, set), provenance.info.commit)
  if (commit === undefined) return undefined
  const { actor } = provenance.info
  return {
    commit,
    load: async () => {
      const good = await findProvenance(directory, { revision: commit, actor })
      const loaded = await loadProject({ directory, choice, source: good.source })
      return { ...loaded, provenance: good }
    },
  }
}
