import type { PlannedEndpoint } from '../../plan/index.ts'
import { formatSeconds, waitParts } from '../../words/index.ts'

/** For what an unchanged endpoint has, to be seen as it is. */
const LEAST_SECONDS = 10

export interface WaitQuestion {
  readySeconds: number
  /** Something was written to it in this apply. */
  isWritten: boolean
  /** When its newest pods, and the containers in them, were started; milliseconds. */
  starts: readonly number[]
  now: number
}

/**
 * How long an endpoint is waited for. The time begins with the pods: where nothing was written, what they have had of it is not given
 * again.
 */
export function waitSeconds({ readySeconds, isWritten, starts, now }: WaitQuestion): number {
  if (isWritten || starts.length === 0) return readySeconds
  const had = (now - Math.max(...starts)) / 1000
  return Math.min(readySeconds, Math.max(LEAST_SECONDS, readySeconds - had))
}

interface Late {
  deadlineSeconds: number
  /** By --timeout. */
  isGiven: boolean
  what: string
}

/** What is said at the end of the time: how long that was, and of what it is made. */
export function lateText(
  endpoint: Pick<PlannedEndpoint, 'name' | 'readySeconds' | 'budget'>,
  { deadlineSeconds, isGiven, what }: Late,
): string {
  const { name, readySeconds } = endpoint
  if (!isGiven && deadlineSeconds < readySeconds)
    return `${name} is not ready: ${what}; nothing was changed, and its pods have had ${formatSeconds(readySeconds)} since they started`
  const { budget } = endpoint
  const made = isGiven || budget === undefined ? '' : ` (${waitParts(budget)})`
  return `${name} is not ready after ${formatSeconds(Math.round(deadlineSeconds))}: ${what}${made}`
}
