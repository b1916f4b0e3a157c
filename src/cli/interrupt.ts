import { endNow } from './end.ts'

/** Exit code of a process that was interrupted: 128 + SIGINT. */
export const INTERRUPTED = 130

/** How long ending cleanly may take before somebody wonders. */
const PATIENCE_MS = 300

/**
 * The first SIGINT or SIGTERM aborts the signal, so that work ends cleanly, and `tell` is called where that takes time;
 * the second ends the process at once.
 */
export function onInterrupt(process: NodeJS.Process, tell: () => void): AbortSignal {
  const controller = new AbortController()
  const interrupt = () => {
    if (controller.signal.aborted) endNow(INTERRUPTED)
    controller.abort()
    setTimeout(tell, PATIENCE_MS).unref()
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  return controller.signal
}
