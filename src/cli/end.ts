import { favourSpeed } from './memory.ts'

/** How long something that is still open may hold a process that has nothing left to do. */
const PATIENCE_MS = 300

/**
 * Lets the process end by itself: V8 is then taken down before its threads are waited for. `process.exit` waits for a
 * thread that compiles, which may wait for a collection that nobody makes any more: docs/decisions/0061-a-process-ends-by-itself.md.
 */
export function endWith(exitCode: number): void {
  process.exitCode = exitCode
  // A credential plugin that still runs, a name server that does not answer.
  setTimeout(endNow, PATIENCE_MS, exitCode).unref()
}

/** Ends the process whatever is under way. */
export function endNow(exitCode: number): never {
  favourSpeed()
  process.exit(exitCode)
}
