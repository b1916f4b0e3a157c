import { roughSeconds } from '../words/index.ts'

const MINUTE = 60_000

/** Milliseconds since the epoch; undefined when there is no time or it cannot be read. */
export function timeOf(text: string | undefined): number | undefined {
  const time = Date.parse(text ?? '')
  return Number.isNaN(time) ? undefined : time
}

/**
 * Whether a time in an object is not older than `since`. Kubernetes writes whole seconds, so the second of `since`
 * itself counts as new; without a time nothing is known, and that is not new.
 */
export function isNew(text: string | undefined, since: string | undefined): boolean {
  const start = timeOf(since)
  const time = timeOf(text)
  if (start === undefined) return true
  return time !== undefined && secondOf(time) >= secondOf(start)
}

/** Stricter: surely later than `since`, which may itself be a time that Kubernetes cut down to its second. */
export function isLater(text: string | undefined, since: string | undefined): boolean {
  const start = timeOf(since)
  const time = timeOf(text)
  return start !== undefined && time !== undefined && secondOf(time) > secondOf(start)
}

function secondOf(time: number): number {
  return Math.floor(time / 1000)
}

/** Milliseconds from one time to another; undefined when either is unknown. */
export function between(start: string | undefined, end: string | undefined): number | undefined {
  const from = timeOf(start)
  const to = timeOf(end)
  return from === undefined || to === undefined ? undefined : to - from
}

/** The later of two times, either of which may be missing. */
export function latest(a: string | undefined, b: string | undefined): string | undefined {
  return (timeOf(a) ?? -Infinity) >= (timeOf(b) ?? -Infinity) ? (a ?? b) : b
}

/**
 * How long ago, in the largest unit: `3m`, `2h`; undefined when either end is unknown, and in the first minute: a message
 * that changes every second would be told every second.
 */
export function ageText(start: string | undefined, now: string | undefined): string | undefined {
  const age = between(start, now) ?? 0
  return age < MINUTE ? undefined : roughSeconds(age / 1000)
}
