import { setTimeout as delay } from 'node:timers/promises'
import type { ListQuery, WatchEvent } from './cluster.ts'
import { ClusterError, failureType } from './failure/failure.ts'
import { lean, listLean } from './list.ts'
import { servedKind, type Session } from './session.ts'
import { BUDGET, retryAfter } from './transport/retry.ts'
import type { RetryNotice } from './transport/request.ts'
import { watchFrom, type Change } from './watch-stream.ts'

export interface WatchInput {
  /** Its signal ends the watch. */
  session: Session & { signal: AbortSignal }
  query: ListQuery
  onRetry?: ((notice: RetryNotice) => void) | undefined
}

/**
 * Lists, then follows, for as long as the signal allows: a broken connection is resumed where it was, a resourceVersion
 * that is too old (410) leads to a new list, an API server that is away is waited for. Ends quietly when the signal
 * aborts; throws ClusterError for what cannot get better (forbidden, no such kind). Objects come without fieldsV1.
 */
export async function* watchObjects(
  input: WatchInput,
): AsyncGenerator<WatchEvent, void, undefined> {
  const { signal } = input.session
  let position: string | undefined
  let failures = 0
  while (!signal.aborted) {
    const started = performance.now()
    try {
      for await (const step of follow(input, position)) {
        position = step.position
        failures = 0
        if (step.event !== undefined) yield step.event
      }
      await rest(started, signal)
    } catch (error) {
      if (signal.aborted) return
      if (isExpired(error)) position = undefined
      failures += 1
      await pauseOrThrow({ error, failures, input })
    }
  }
}

/** An API server that ends every watch at once must not be asked in a loop. */
async function rest(started: number, signal: AbortSignal): Promise<void> {
  if (performance.now() - started < 1000) await wait(1, signal)
}

/** How far the watch has come; bookmarks move it without an event. */
interface Step {
  position: string
  event?: WatchEvent
}

/** One list (without a position) and one watch request; ends when the API server ends it. */
async function* follow(
  { session, query }: WatchInput,
  position: string | undefined,
): AsyncGenerator<Step, void, undefined> {
  const kind = await servedKind(session, query)
  let from = position
  if (from === undefined) {
    const { resourceVersion, items } = await listLean(session, kind, query)
    from = resourceVersion
    yield { position: from, event: { type: 'sync', items } }
  }
  for await (const event of watchFrom({ session, kind, query, resourceVersion: from }))
    yield stepOf(event, from)
}

function stepOf(event: Change, before: string): Step {
  if (event.type === 'bookmark') return { position: event.resourceVersion }
  const { type, object } = event
  const { resourceVersion = before } = object.metadata
  return { position: resourceVersion, event: { type, object: lean(object) } }
}

const isExpired = (error: unknown) => failureType(error) === 'expired'

interface Pause {
  error: unknown
  failures: number
  input: WatchInput
}

/** The caller's deadline counts here, not a budget. */
const PATIENCE = {
  ...BUDGET,
  seconds: Number.POSITIVE_INFINITY,
  wrongAnswers: Number.POSITIVE_INFINITY,
}

async function pauseOrThrow({
  error,
  failures,
  input: { session, onRetry },
}: Pause): Promise<void> {
  if (!(error instanceof ClusterError)) throw error
  const attempt = {
    failure: error.failure,
    idempotent: true,
    attempt: failures,
    elapsedSeconds: 0,
    random: Math.random(),
  }
  const retry = isExpired(error)
    ? { delaySeconds: failures > 1 ? 1 : 0, reason: 'the watch fell behind' }
    : retryAfter(PATIENCE, attempt)
  if (retry === undefined) throw error
  onRetry?.({ verb: 'watch', attempt: failures, ...retry })
  await wait(retry.delaySeconds, session.signal)
}

/** Ends early, and quietly, when the signal aborts. */
async function wait(seconds: number, signal: AbortSignal): Promise<void> {
  await delay(seconds * 1000, undefined, { signal }).catch(() => {})
}
