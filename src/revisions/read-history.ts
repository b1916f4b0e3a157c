import type { InCluster } from '../cluster/index.ts'
import { setParent, type SetParent } from '../object/index.ts'
import { readRevisions } from '../plan/index.ts'
import { repositoryOf, type ProjectSpecs } from '../project/index.ts'
import { joinCommits, type AppliedRevision } from './applied-commits.ts'

export interface HistoryRequest {
  project: ProjectSpecs
  /** Only what changed the files of this endpoint; needs git. */
  endpoint?: string | undefined
  inCluster: InCluster
}

export interface History {
  /** Newest first, with the commits that each brought, as far as git has them. */
  revisions: readonly AppliedRevision[]
  /** Whether anything is; that nothing was applied is not known where not. */
  isRecorded: boolean
  /** Where it is recorded. */
  parent: SetParent
  /** Milliseconds, by the clock of the API server. */
  now: number
}

/** What was applied to an environment, from the record in its cluster. Throws ClusterError, and SlipwayError where git is needed and missing. */
export async function readHistory(request: HistoryRequest): Promise<History> {
  const { project, endpoint, inCluster } = request
  const { set, directory } = project
  const { environment } = set
  const { recorded, now } = await inCluster(environment, async cluster => ({
    recorded: await readRevisions(cluster, set),
    now: cluster.serverTime().getTime(),
  }))
  const repository = await repositoryOf(directory, { isNeeded: endpoint !== undefined })
  return {
    revisions:
      repository === undefined
        ? recorded
        : await joinCommits({ revisions: recorded, repository, directory, endpoint }),
    isRecorded: recorded.length > 0,
    parent: setParent(set.project, environment.name, environment.namespace),
    now,
  }
}
