import { heed } from './heed.ts'

/** Bounds the requests in flight; learns from 429 how many the API server likes. */
export interface Limiter {
  /** Waits for a place and gives the function that frees it. Rejects when the signal aborts. */
  enter: (signal?: AbortSignal) => Promise<() => void>
  /** The API server throttled us: half as many from now on. */
  slowDown: () => void
  /** A request went well: after as many of these as there are places, one place more. */
  speedUp: () => void
  limit: () => number
}

/** One that waits. */
interface Waiter {
  start: (leave: () => void) => void
  /** Its signal no longer matters. */
  release: () => void
}

/** Additive increase, multiplicative decrease, as TCP does. */
export function createLimiter(most: number): Limiter {
  let limit = most
  let inFlight = 0
  let successes = 0
  const queue = new Set<Waiter>()

  const begin = (start: Waiter['start']) => {
    inFlight += 1
    start(once(leave))
  }
  /** Nobody waits while there is a place. */
  const admit = () => {
    for (const waiter of queue) {
      if (inFlight >= limit) return
      queue.delete(waiter)
      waiter.release()
      begin(waiter.start)
    }
  }
  const leave = () => {
    inFlight -= 1
    admit()
  }
  const enter = (signal?: AbortSignal) =>
    new Promise<() => void>((start, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error)
      if (inFlight < limit) return begin(start)
      const giveUp = () => {
        queue.delete(waiter)
        reject(signal?.reason as Error)
      }
      const waiter = { start, release: heed(signal, giveUp) }
      queue.add(waiter)
    })

  return {
    enter,
    slowDown() {
      limit = Math.max(1, Math.floor(limit / 2))
      successes = 0
    },
    speedUp() {
      successes += 1
      if (limit >= most || successes < limit) return
      successes = 0
      limit += 1
      admit()
    },
    limit: () => limit,
  }
}

function once(action: () => void): () => void {
  let isDone = false
  return () => {
    if (isDone) return
    isDone = true
    action()
  }
}
