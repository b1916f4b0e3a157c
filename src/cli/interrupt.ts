/** Exit code of a process that was interrupted: 128 + SIGINT. */
export const INTERRUPTED = 130

/** The first SIGINT or SIGTERM aborts the signal, so that work ends cleanly; the second ends the process at once. */
export function onInterrupt(process: NodeJS.Process, tell: () => void): AbortSignal {
  const controller = new AbortController()
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED)
    tell()
    controller.abort()
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  return controller.signal
}
