interface Heeded {
  callbacks: Set<() => void>
  listener: () => void
}

const HEEDED = new WeakMap<AbortSignal, Heeded>()

/**
 * Calls back once the signal aborts, until the returned function is called. A signal gets one listener for all who heed it:
 * Node looks through those that are there for each that is added.
 */
export function heed(signal: AbortSignal | undefined, onAbort: () => void): () => void {
  if (signal === undefined) return () => {}
  const { callbacks, listener } = HEEDED.get(signal) ?? listenTo(signal)
  callbacks.add(onAbort)
  return () => {
    callbacks.delete(onAbort)
    // A signal with a listener lives as long as those that it follows.
    if (callbacks.size > 0) return
    signal.removeEventListener('abort', listener)
    HEEDED.delete(signal)
  }
}

function listenTo(signal: AbortSignal): Heeded {
  const callbacks = new Set<() => void>()
  const listener = () => {
    for (const onAbort of callbacks) onAbort()
  }
  const heeded = { callbacks, listener }
  HEEDED.set(signal, heeded)
  signal.addEventListener('abort', listener, { once: true })
  return heeded
}
