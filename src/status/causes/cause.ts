import type { Inquiry } from '../inquiry.ts'
import type { Pod } from '../shapes.ts'
import type { Diagnosis } from '../verdict.ts'

/** Looks for one thing that can be wrong with the object asked about. */
export type Cause = (inquiry: Inquiry) => Diagnosis | undefined

/** Looks for one thing that can be wrong with one pod. */
export type PodCause = (pod: Pod, inquiry: Inquiry) => Diagnosis | undefined

/** Restarts after which a crash loop is not taken for a slow start any more. */
export const RESTARTS = 3
