import { unitNames } from '../spec/index.ts'
import type { Cluster } from '../cluster/index.ts'
import { defined } from '../object/index.ts'
import { appliedTo, lastOf, syncState, type KnownDecisions, type Revision } from '../plan/index.ts'
import { observeEndpoints, type ObservedSet } from './observe-endpoints.ts'
import type { ShownEndpoint, StatusReport } from './status-report.ts'
import { checkNames, type Project, type RevisionInfo } from '../project/index.ts'

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
  const { lastRevision, lastDeletion } = lastOf(seen.revisions)
  return {
    environment: project.set.environment.name,
    endpoints: compared.filter(({ endpoint }) => names.length === 0 || names.includes(endpoint)),
    lastRevision,
    ...(lastDeletion && { lastDeletion }),
    problems: seen.problems,
    ...(git && { git: fileState(git) }),
  }
}

function comparedWithGit(
  { endpoints, unapplied, revisions, syncs }: ObservedSet,
  { project, git }: StatusQuestion,
): ShownEndpoint[] {
  const inGit = new Set(unitNames(project.set))
  return endpoints.map(status => {
    const { endpoint } = status
    const applied = appliedTo(endpoint, revisions)
    const sync = syncs.get(endpoint) ?? { deviations: [], unseen: [] }
    return {
      ...status,
      inGit: inGit.has(endpoint),
      ...(unapplied.has(endpoint) && { isUnapplied: true as const }),
      ...(applied && traceOf(applied)),
      sync: syncState(sync, applied, git),
      ...sync,
    }
  })
}

/** What the record says of an endpoint. */
function traceOf(revision: Revision): Pick<ShownEndpoint, 'revision' | 'deletedBy'> {
  const { action, actor, time } = revision
  if (action === 'delete') return { deletedBy: { actor, time } }
  return { revision: { ...fileState(revision), time } }
}

function fileState({ commit, dirty }: RevisionInfo): NonNullable<StatusReport['git']> {
  return defined({ commit, dirty })
}
