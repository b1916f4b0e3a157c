import type { Inquiry } from '../inquiry.ts'
import type { Pod } from '../shapes.ts'
import type { Diagnosis } from '../verdict.ts'
import { between, latest } from '../times.ts'

/** Looks for one thing that can be wrong with the object asked about. */
export type Cause = (inquiry: Inquiry) => Diagnosis | undefined

/** Looks for one thing that can be wrong with one pod. */
export type PodCause = (pod: Pod, inquiry: Inquiry) => Diagnosis | undefined

/** Restarts after which a crash loop is not taken for a slow start any more. */
export const RESTARTS = 3

/** What an operator, a controller or a person brings may come some seconds after the pod that needs it. */
const GRACE_SECONDS = 30

/** Whether what is missing has had the time to come, since it was missed and since our write. */
export function hasHadTime(begun: string | undefined, { since, now }: Inquiry): boolean {
  return (between(latest(begun, since), now) ?? 0) >= GRACE_SECONDS * 1000
}
