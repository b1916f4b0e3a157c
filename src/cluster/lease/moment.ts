/** A point in time, on two clocks of this machine. */
export interface Moment {
  /** Nobody can set it, but it stands still while the machine sleeps. */
  steady: number
  /** Goes on during sleep, but can be set. */
  wall: number
}

/** Seconds of the steady clock. */
export const seconds = (): number => performance.now() / 1000

export const moment = (): Moment => ({ steady: seconds(), wall: Date.now() / 1000 })

/** What has passed by the clock that says more: a laptop that slept must not believe that it still holds a lock. */
export function secondsSince(then: Moment, now: Moment = moment()): number {
  return Math.max(now.steady - then.steady, now.wall - then.wall)
}
