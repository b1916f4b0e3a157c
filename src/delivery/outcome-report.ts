import type { ApplyEvent, ApplyOutcome } from '../apply/index.ts'
import type { Bundle } from '../doctor/index.ts'
import type { Deletion } from '../plan/index.ts'
import type { RevisionInfo } from '../project/index.ts'

/** How an apply ended, with what its events said about failures. */
export interface OutcomeReport {
  environment: string
  revision: RevisionInfo
  /** Of a deletion that was asked for. */
  deletion?: Deletion
  outcome: ApplyOutcome
  failures: readonly Failure[]
  /** Of endpoints that failed. */
  bundles?: readonly Bundle[]
}

export type Failure = Pick<
  Extract<ApplyEvent, { type: 'failed' }>,
  'endpoint' | 'problem' | 'diagnosis'
>
