import type { Commit, Repository } from '../git/index.ts'
import type { ObjectChange, Revision } from '../plan/index.ts'
import type { ProjectChoice } from '../project/index.ts'
import type { RenderedObject } from '../render/index.ts'
import type { EndpointSet } from '../spec/index.ts'

export interface RollbackRequest {
  repository: Repository
  /** Of the project. */
  directory: string
  choice: ProjectChoice
  /** The revision to go back to; the newest good one when absent. */
  to?: string | undefined
  /** One endpoint only. */
  name?: string | undefined
  /** What was applied to an environment, newest first; not asked where a revision is given. */
  readRecord: (set: EndpointSet) => Promise<readonly Revision[]>
}

/** A way back, decided and not yet made. */
export interface Rollback {
  /** `Back to 1a2b3c4 (chat v2), which takes back` */
  headline: string
  /** What is taken back, newest first. */
  commits: readonly Commit[]
  files: readonly string[]
  /** Of the commit; the hashes of what it takes back are added to it. */
  message: string
  /** For a pull request. */
  branch: string
  /** In the objects; undefined where they cannot be rendered. */
  effect: Effect | undefined
  make: () => Promise<Commit>
}

/** What changes in the objects. */
export interface Effect {
  differences: ObjectChange[]
  /** As they will be. */
  after: readonly RenderedObject[]
}
