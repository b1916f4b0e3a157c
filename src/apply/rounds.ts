/** Looks of all that wait, taken together: one round at a time. */
export interface Rounds {
  /** Takes part until the returned function is called. */
  join: (look: () => void) => () => void
  /** Something has changed: a round comes soon. */
  soon: () => void
}

/** What the time of the next round depends on. */
export interface Pace {
  /** Since the last round. */
  hasChanged: boolean
  /** How long the last round took. */
  tookMs: number
  sinceLastMs: number
}

/** Changes are looked at together, and so that looking takes a fortieth of the time at most. */
const CHANGED = { soonestMs: 50, factor: 39, longestMs: 3000 }
/** Without a change only the clock can make a verdict another one. */
const UNCHANGED = { soonestMs: 1000, factor: 99, longestMs: 5000 }

/** Milliseconds until the next round: the longer a round takes, the longer the pause, within bounds. */
export function untilNextMs({ hasChanged, tookMs, sinceLastMs }: Pace): number {
  const { soonestMs, factor, longestMs } = hasChanged ? CHANGED : UNCHANGED
  return Math.max(soonestMs, Math.min(tookMs * factor, longestMs) - sinceLastMs)
}

export function startRounds(): Rounds {
  const looks = new Set<() => void>()
  let timer: NodeJS.Timeout | undefined
  let hasChanged = false
  let tookMs = 0
  let endedAt = 0

  const schedule = () => {
    clearTimeout(timer)
    const sinceLastMs = performance.now() - endedAt
    timer =
      looks.size === 0
        ? undefined
        : setTimeout(round, untilNextMs({ hasChanged, tookMs, sinceLastMs }))
  }
  const round = () => {
    hasChanged = false
    const start = performance.now()
    for (const look of looks) look()
    endedAt = performance.now()
    tookMs = endedAt - start
    schedule()
  }
  return {
    soon: () => {
      if (hasChanged) return
      hasChanged = true
      schedule()
    },
    join: look => {
      looks.add(look)
      if (timer === undefined) schedule()
      return () => {
        looks.delete(look)
        if (looks.size === 0) schedule()
      }
    },
  }
}
