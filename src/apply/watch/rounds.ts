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
  /** Since somebody began to wait. */
  sinceBeginMs: number
}

/** Changes are looked at together, and so that looking takes a fortieth of the time at most. */
const CHANGED = { soonestMs: 50, factor: 39, longestMs: 3000 }
/** Without a change only the clock can make a verdict another one. */
const UNCHANGED = { soonestMs: 1000, factor: 99, longestMs: 5000 }

/** A wait that has just begun may be over soon: news is not older than a tenth of the time that it has lasted. */
const PART_OF_WAIT = 1 / 10

/** Milliseconds until the next round: the longer a round takes, the longer the pause, within bounds. */
export function untilNextMs({ hasChanged, tookMs, sinceLastMs, sinceBeginMs }: Pace): number {
  const { soonestMs, factor, longestMs } = hasChanged ? CHANGED : UNCHANGED
  const most = hasChanged ? Math.min(longestMs, sinceBeginMs * PART_OF_WAIT) : longestMs
  return Math.max(soonestMs, Math.min(tookMs * factor, most) - sinceLastMs)
}

export function startRounds(): Rounds {
  const looks = new Set<() => void>()
  let timer: NodeJS.Timeout | undefined
  let hasChanged = false
  let tookMs = 0
  let endedAt = 0
  let begunAt = 0

  const schedule = () => {
    clearTimeout(timer)
    const [sinceLastMs, sinceBeginMs] = [performance.now() - endedAt, performance.now() - begunAt]
    timer =
      looks.size === 0
        ? undefined
        : setTimeout(round, untilNextMs({ hasChanged, tookMs, sinceLastMs, sinceBeginMs }))
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
      if (looks.size === 0) begunAt = performance.now()
      looks.add(look)
      if (timer === undefined) schedule()
      return () => {
        looks.delete(look)
        if (looks.size === 0) schedule()
      }
    },
  }
}
