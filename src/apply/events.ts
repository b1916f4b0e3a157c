import type { ObjectRef } from '../object/index.ts'
import type { ActionType, Plan, PlanCounts, Result } from '../plan/index.ts'
import type { RevisionInfo } from '../project/index.ts'
import type { Problem } from '../problem/index.ts'
import type { Diagnosis } from '../status/index.ts'

/** Everything that happens during an apply, in order; every view (terminal, JSON, GitHub) is made of these (R14). */
export type ApplyEvent = { time: string } & (
  | { type: 'started'; plan: Plan; revision: RevisionInfo }
  /** Another apply holds the lock. */
  | { type: 'lock-waiting'; holder: string; since: string }
  | { type: 'lock-acquired'; takenOverFrom?: string }
  /** Another apply came in between: this plan is carried out instead of the first. */
  | { type: 'replanned'; plan: Plan }
  | { type: 'writing'; action: ActionType; ref: ObjectRef; endpoint: string }
  | { type: 'written'; outcome: Outcome; ref: ObjectRef; endpoint: string }
  | { type: 'retrying'; ref: ObjectRef; reason: string; attempt: number; delaySeconds: number }
  | { type: 'deleting'; ref: ObjectRef; endpoint: string; reason: string }
  /** Still there: what holds it. `pods` counts what the object owned and is still alive. */
  | {
      type: 'deletion-waiting'
      ref: ObjectRef
      endpoint: string
      holding: string
      elapsedSeconds: number
    }
  /** The delete had been lost and was sent again (R3). */
  | { type: 'deleted-again'; ref: ObjectRef; endpoint: string }
  /** What held a deletion was overridden, as was asked for: of the object or of something that it owned. */
  | { type: 'forced'; ref: ObjectRef; endpoint: string; problem: Problem }
  | { type: 'deleted'; ref: ObjectRef; endpoint: string; elapsedSeconds: number }
  | {
      type: 'waiting'
      endpoint: string
      message: string
      elapsedSeconds: number
      deadlineSeconds: number
    }
  | { type: 'ready'; endpoint: string; elapsedSeconds: number }
  | { type: 'smoke-passed'; endpoint: string; check: string; latencySeconds: number }
  | { type: 'failed'; endpoint: string; problem: Problem; diagnosis?: Diagnosis }
  | { type: 'finished'; outcome: ApplyOutcome }
)

/** restored: its replacement was refused, and what had been deleted for it was created again. */
export type Outcome = 'created' | 'configured' | 'adopted' | 'replaced' | 'restored' | 'unchanged'

/** ready: waited for and ready; applied: written, the wait left out or interrupted; unfinished: interrupted half-way; skipped: not begun. */
export type EndpointOutcome = 'ready' | 'applied' | 'deleted' | 'failed' | 'unfinished' | 'skipped'

export interface ApplyOutcome {
  result: Result
  counts: PlanCounts
  /** By endpoint name. */
  endpoints: Record<string, EndpointOutcome>
  problems: Problem[]
  durationSeconds: number
}
