import type { Departures } from './departures.ts'
import type { Rounds } from './rounds.ts'

export interface Limit {
  /** Of performance.now(), which nobody sets. */
  deadline: number
  signal: AbortSignal
  /** The object whose going is looked for. */
  uid?: string | undefined
}

interface Waiting<T> {
  check: () => T | undefined
  limit: Limit
  rounds: Rounds
  departures: Departures
  broken: readonly unknown[]
}

/** Resolves with the first value that is not undefined, or undefined at the deadline. Rejects when the signal aborts or a watch has broken. */
export function until<T>(input: Waiting<T>): Promise<T | undefined> {
  const { check, limit, rounds, departures, broken } = input
  const { deadline, signal, uid } = limit
  return new Promise((resolve, reject) => {
    const stop = (finish: () => void) => {
      leave()
      forget()
      clearTimeout(alarm)
      signal.removeEventListener('abort', look)
      finish()
    }
    const look = () => {
      if (signal.aborted) return stop(() => reject(signal.reason as Error))
      try {
        const value = check()
        if (value === undefined && broken.length > 0) return stop(() => reject(broken[0]))
        if (value !== undefined || performance.now() >= deadline) stop(() => resolve(value))
      } catch (error) {
        stop(() => reject(error))
      }
    }
    const leave = rounds.join(look)
    const forget = departures.join(uid, look)
    const alarm = setTimeout(look, Math.min(deadline - performance.now() + 1, LONGEST_TIMER_MS))
    signal.addEventListener('abort', look)
    look()
  })
}

/** Node's timers know no longer ones. */
const LONGEST_TIMER_MS = 2 ** 31 - 1
