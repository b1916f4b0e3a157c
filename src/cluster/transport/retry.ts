import { isOfCertificate } from '../../foreign/index.ts'
import type { Failure } from '../failure/failure.ts'

/** How long a request may be tried again, the first one of a connection like any other. */
export interface Budget {
  /** As many as fit into the seconds where absent. */
  attempts?: number
  /** Since it was sent first. */
  seconds: number
  /** For a webhook that cannot be called: its controller may just be starting. Counts instead of the others. */
  webhookPatienceSeconds: number
  /** Attempts at what something else answers; a few where absent, since a sign-in page stays one. */
  wrongAnswers?: number
}

export const BUDGET: Budget = { seconds: 60, webhookPatienceSeconds: 30 }

const WRONG_ANSWERS = 4

export interface Attempt {
  failure: Failure
  /** Sending it twice does no harm: reads, server-side apply, deletes with a UID. */
  idempotent: boolean
  /** How many times it has been sent. */
  attempt: number
  /** Since it was sent first. */
  elapsedSeconds: number
  /** 0 ≤ random < 1 */
  random: number
}

export interface Retry {
  delaySeconds: number
  /** One clause for people. */
  reason: string
}

/** Whether and when to send a request again; undefined where another try cannot help, or the budget is spent. */
export function retryAfter(budget: Budget, attempt: Attempt): Retry | undefined {
  const reason = reasonToRetry(attempt.failure, attempt.idempotent)
  if (reason === undefined) return undefined
  const delaySeconds = delayOf(attempt)
  const isWebhook = attempt.failure.type === 'webhook-unavailable'
  const seconds = isWebhook ? webhookSeconds(budget, attempt.failure) : budget.seconds
  const isSpent =
    attempt.elapsedSeconds + delaySeconds > seconds ||
    (!isWebhook && attempt.attempt >= attemptsFor(budget, attempt.failure))
  return isSpent ? undefined : { delaySeconds, reason }
}

/** Whoever injects certificates has done so within seconds of an installation. */
const CERTIFICATE_SECONDS = 10

function webhookSeconds({ webhookPatienceSeconds }: Budget, { message }: Failure): number {
  return isOfCertificate(message)
    ? Math.min(webhookPatienceSeconds, CERTIFICATE_SECONDS)
    : webhookPatienceSeconds
}

function attemptsFor(
  { attempts = Number.POSITIVE_INFINITY, wrongAnswers = WRONG_ANSWERS }: Budget,
  { type }: Failure,
): number {
  return type === 'unexpected' ? Math.min(attempts, wrongAnswers) : attempts
}

const FIRST_SECONDS = 0.25
const LONGEST_SECONDS = 10

/** Exponential, with jitter of the upper half, so that many do not come back at once; the server's own wish wins. */
function delayOf({ failure, attempt, random }: Attempt): number {
  const asked =
    failure.type === 'throttled' || failure.type === 'server'
      ? failure.retryAfterSeconds
      : undefined
  const backoff = Math.min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** (attempt - 1)) * (0.5 + random / 2)
  return Math.max(asked ?? 0, backoff)
}

/** What may pass by itself. A request that is not idempotent goes again only when the first one surely did nothing. */
function reasonToRetry(failure: Failure, idempotent: boolean): string | undefined {
  switch (failure.type) {
    case 'throttled':
      return 'the API server asks to slow down'
    case 'webhook-unavailable':
      return `the admission webhook ${failure.webhook} cannot be called`
    case 'server':
      return idempotent || REFUSED_BEFORE.has(failure.status)
        ? `the API server has trouble (${failure.status})`
        : undefined
    case 'timeout':
      return idempotent ? 'the API server did not answer in time' : undefined
    case 'unexpected':
      return idempotent ? "the answer was not the API server's" : undefined
    case 'unreachable':
      return reasonToReconnect(failure.why, idempotent)
    default:
      return undefined
  }
}

/** 503: not accepted; 409: the quota's own conflict, 403: an admission plugin that is not ready yet, both before the write. */
const REFUSED_BEFORE = new Set([503, 409, 403])

function reasonToReconnect(
  why: (Failure & { type: 'unreachable' })['why'],
  idempotent: boolean,
): string | undefined {
  if (why === 'refused') return 'the API server refuses connections'
  if (why === 'dns-temporary') return "the API server's name cannot be resolved at the moment"
  const isLost = why === 'reset' || why === 'timeout' || why === 'proxy'
  return isLost && idempotent ? 'the connection to the API server was lost' : undefined
}
