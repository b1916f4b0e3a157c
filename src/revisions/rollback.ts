import type { Commit, Repository } from '../git/index.ts'
import type { Revision } from '../plan/index.ts'
import { SlipwayError, type Problem } from '../problem/index.ts'
import type { ProjectChoice } from '../project/index.ts'
import type { EndpointSet } from '../spec/index.ts'
import { listOf } from '../words/index.ts'
import type { Effect } from './effects.ts'

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
  /** The one that was asked for. */
  environment: string | undefined
  /** `Back to 1a2b3c4 (chat v2), which takes back` */
  headline: string
  /** What is taken back, newest first. */
  commits: readonly Commit[]
  files: readonly string[]
  /** Of the commit; the hashes of what it takes back are added to it. */
  message: string
  /** For a pull request. */
  branch: string
  /** Every environment that changes, or of which that cannot be told. */
  effects: readonly Effect[]
  /** What does not go back with it. */
  warnings: readonly Problem[]
  /** Throws SlipwayError `guard` where another environment than the one asked for changes, too, unless that is meant. */
  make: (meant?: Meant) => Promise<Commit>
}

/** A way back with the commit that makes it. */
export function rollbackBy(found: Omit<Rollback, 'make'>, commit: () => Promise<Commit>): Rollback {
  return {
    ...found,
    make: async ({ otherEnvironments = false } = {}) => {
      if (!otherEnvironments) refuseOthers(found)
      return commit()
    },
  }
}

export interface Meant {
  /** Other environments may change, too. */
  otherEnvironments?: boolean
}

type Asked = Pick<Rollback, 'environment' | 'effects' | 'commits'>

/** Throws where environments change although another one was asked for. */
export function refuseOthers(rollback: Asked): void {
  const problem = othersChanged(rollback)
  if (problem !== undefined) throw new SlipwayError([problem])
}

/** The same as a warning, for who only looks: the commit would be refused. */
export function warnOfOthers(rollback: Asked): Problem[] {
  const problem = othersChanged(rollback)
  if (problem === undefined) return []
  const message = `with --yes it is refused: ${problem.message}`
  return [{ ...problem, severity: 'warning', message }]
}

function othersChanged({ environment, effects, commits }: Asked): Problem | undefined {
  const others = effects.filter(each => each.environment !== environment)
  if (environment === undefined || others.length === 0) return undefined
  const names = listOf(others.map(each => each.environment))
  const isKnown = others.every(({ changes }) => changes !== undefined)
  const message = isKnown
    ? `this changes ${names}, too, and not only ${environment}`
    : `this may change ${names}, too, and not only ${environment}`
  const alone =
    commits.length > 1
      ? 'To take back one of the commits alone: slipway rollback --commit COMMIT. '
      : ''
  return {
    code: 'guard',
    severity: 'error',
    message,
    cause: 'Files go back, and the other environments are rendered from them, too.',
    remedy: `${alone}If the others are to change, too: --other-environments.`,
  }
}
