import type { Inquiry } from '../inquiry.ts'
import type { PodContainer } from '../containers.ts'
import type { Pod } from '../shapes.ts'
import type { Diagnosis } from '../verdict.ts'
import { between, latest } from '../times.ts'

/** Looks for one thing that can be wrong with the object asked about. */
export type Cause = (inquiry: Inquiry) => Diagnosis | undefined

/** Looks for one thing that can be wrong with one pod. */
export type PodCause = (pod: Pod, inquiry: Inquiry) => Diagnosis | undefined

/** Restarts after which a crash loop is not taken for a slow start any more. */
const RESTARTS = 3

/** While a container runs, its next attempt may still succeed. */
export function isLooping({ status }: Pick<PodContainer, 'status'>): boolean {
  const { state, restartCount = 0 } = status
  return state?.waiting?.reason === 'CrashLoopBackOff' && restartCount >= RESTARTS
}

/** What an operator, a controller or a person brings may come some seconds after the pod that needs it. */
const GRACE_SECONDS = 30

/** Whether what is missing has had the time to come, since it was missed and since our write. */
export function hasHadTime(begun: string | undefined, inquiry: Inquiry): boolean {
  return waitedSeconds(begun, inquiry) >= GRACE_SECONDS
}

/** Since something began, and since our write; none without a clock. */
export function waitedSeconds(begun: string | undefined, { since, now }: Inquiry): number {
  return (between(latest(begun, since), now) ?? 0) / 1000
}
