/** The right to write, as long as it lasts. */
export interface Lease {
  /** The holder that had died. */
  takenOverFrom?: string
  /** Aborts, with a SlipwayError `lock-lost` as reason, before anybody else can hold the lease. Not by release. */
  signal: AbortSignal
  /** Whether it is surely ours at this moment, by the clock: exact even when timers are late. */
  isHeld: () => boolean
  /** Gives it up, so that the next one need not wait. Never throws. */
  release: () => Promise<void>
}
