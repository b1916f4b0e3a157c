import type { Revision, Sync, SyncState } from '../plan/index.ts'
import type { Problem } from '../problem/index.ts'
import type { RevisionInfo } from '../project/index.ts'
import type { EndpointStatus } from '../status/index.ts'

/** How a set is: its endpoints, what was applied to it last, and what git says now. */
export interface StatusReport {
  environment: string
  endpoints: readonly ShownEndpoint[]
  lastRevision?: Revision | undefined
  /** Where endpoints were deleted on request after that. */
  lastDeletion?: Revision | undefined
  /** Absent outside git. */
  git?: Pick<RevisionInfo, 'commit' | 'dirty'>
  /** Why there may be more than is shown. */
  problems?: readonly Problem[]
}

export interface ShownEndpoint extends EndpointStatus, Sync {
  /** False for one that only the cluster has. */
  inGit: boolean
  /** It runs, and no apply has taken it into the set yet. */
  isUnapplied?: true
  /** What was applied to it last. */
  revision?: Pick<Revision, 'commit' | 'dirty' | 'time'>
  /** It was deleted on request, and not applied since. */
  deletedBy?: Pick<Revision, 'actor' | 'time'>
  sync: SyncState
}
