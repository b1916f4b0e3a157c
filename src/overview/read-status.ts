import type { Cluster } from '../cluster/index.ts'
import { appliedTo, syncState } from '../plan/index.ts'
import type { KnownDecisions } from '../plan/index.ts'
import { observeEndpoints } from './observe-endpoints.ts'
import type { ObservedSet } from './observe-endpoints.ts'
import type { ShownEndpoint, StatusReport } from './status-report.ts'
import { checkNames } from '../project/index.ts'
import type { Project, RevisionInfo } from '../project/index.ts'

export interface StatusQuestion {
  cluster: Cluster
  project: Project
  /** All when empty. */
  names?: readonly string[]
  /** What the files are of; undefined outside git. */
  git?: RevisionInfo | undefined
  /** Kept from one look to the next. */
  known?: KnownDecisions
}

/** The state of a set, or of some endpoints of it, with what was applied last and what git says now. */
export async function readStatus(question: StatusQuestion): Promise<StatusReport> {
  const { cluster, project, names = [], git, known = new Map() } = question
  const seen = await observeEndpoints(cluster, project, known)
  checkNames(
    names,
    seen.endpoints.map(({ endpoint }) => endpoint),
  )
  const compared = comparedWithGit(seen, question)
  return {
    environment: project.set.environment.name,
    endpoints: compared.filter(({ endpoint }) => names.length === 0 || names.includes(endpoint)),
    lastRevision: seen.revisions[0],
    problems: seen.problems,
    ...(git && { git: fileState(git) }),
  }
}

function comparedWithGit(
  { endpoints, revisions, syncs }: ObservedSet,
  { project, git }: StatusQuestion,
): ShownEndpoint[] {
  const inGit = new Set(project.set.endpoints.map(({ name }) => name))
  return endpoints.map(status => {
    const { endpoint } = status
    const applied = appliedTo(endpoint, revisions)
    const sync = syncs.get(endpoint) ?? { deviations: [], unseen: [] }
    return {
      ...status,
      inGit: inGit.has(endpoint),
      ...(applied && { revision: { ...fileState(applied), time: applied.time } }),
      sync: syncState(sync, applied, git),
      ...sync,
    }
  })
}

function fileState({ commit, dirty }: RevisionInfo): NonNullable<StatusReport['git']> {
  return { ...(commit === undefined ? {} : { commit }), dirty }
}
