/** Follows another machine's clock without trusting our own: only time that passes is measured here. */
export interface Clock {
  read: (date: string | undefined) => void
  now: () => Date
}

/** Starts with our own clock, until the first answer. */
export function createClock(): Clock {
  // Until the first answer, our own clock is the best guess.
  let reading = { time: Date.now(), at: performance.now() }
  return {
    read(date) {
      const time = Date.parse(date ?? '')
      if (!Number.isNaN(time)) reading = { time, at: performance.now() }
    },
    now: () => new Date(reading.time + performance.now() - reading.at),
  }
}
