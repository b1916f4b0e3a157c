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

/** Additive increase, multiplicative decrease, as TCP does. */
export function createLimiter(most: number): Limiter {
  let limit = most
  let inFlight = 0
  let successes = 0
  const queue = new Set<() => void>()

  const admit = () => {
    for (const start of queue) {
      if (inFlight >= limit) return
      queue.delete(start)
      start()
    }
  }
  const leave = () => {
    inFlight -= 1
    admit()
  }
  const enter = (signal?: AbortSignal) =>
    new Promise<() => void>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error)
      const giveUp = () => {
        queue.delete(start)
        reject(signal?.reason as Error)
      }
      const start = () => {
        signal?.removeEventListener('abort', giveUp)
        inFlight += 1
        resolve(once(leave))
      }
      signal?.addEventListener('abort', giveUp, { once: true })
      queue.add(start)
      admit()
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
