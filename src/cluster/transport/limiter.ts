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

/** One that waits. Its signal has one listener for all: Node looks through those that are there for each that is added. */
interface Waiter {
  start: (leave: () => void) => void
  reject: (reason: unknown) => void
  signal: AbortSignal | undefined
}

/** Additive increase, multiplicative decrease, as TCP does. */
export function createLimiter(most: number): Limiter {
  let limit = most
  let inFlight = 0
  let successes = 0
  const queue = new Set<Waiter>()
  const heeded = new WeakSet<AbortSignal>()

  const admit = () => {
    for (const waiter of queue) {
      if (inFlight >= limit) return
      queue.delete(waiter)
      inFlight += 1
      waiter.start(once(leave))
    }
  }
  const leave = () => {
    inFlight -= 1
    admit()
  }
  const giveUp = (signal: AbortSignal) => {
    for (const waiter of queue) {
      if (waiter.signal !== signal) continue
      queue.delete(waiter)
      waiter.reject(signal.reason)
    }
  }
  const heed = (signal: AbortSignal) => {
    if (heeded.has(signal)) return
    heeded.add(signal)
    signal.addEventListener('abort', () => giveUp(signal), { once: true })
  }
  const enter = (signal?: AbortSignal) =>
    new Promise<() => void>((start, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error)
      queue.add({ start, reject, signal })
      admit()
      if (queue.size > 0 && signal !== undefined) heed(signal)
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
