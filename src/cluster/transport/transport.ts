import type { IncomingMessage } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { abortedError, ClusterError } from '../failure/failure.ts'
import { createAttempts } from './attempt.ts'
import type { AttemptOptions } from './attempt.ts'
import { aboutRef } from './request.ts'
import type { ApiRequest, RetryNotice } from './request.ts'
import { retryAfter } from './retry.ts'
import type { Budget } from './retry.ts'

export interface TransportOptions extends AttemptOptions {
  budget: Budget
  onRetry?: ((notice: RetryNotice) => void) | undefined
}

/** Requests to one API server: bounded in number, retried where that can help, failures as ClusterError. */
export interface Transport {
  /** The body of the answer. */
  text: (request: ApiRequest, budget?: Budget) => Promise<string>
  json: <T>(request: ApiRequest, budget?: Budget) => Promise<T>
  /** An answer that goes on, once its headers are there: not retried, not counted as in flight. The caller destroys it. */
  stream: (request: ApiRequest) => Promise<IncomingMessage>
  /** By verb, retries included. */
  requests: Record<string, number>
  /** The API server's clock, from the Date of its answers: to a second. */
  serverTime: () => Date
}

/** Puts retries around single attempts. */
export function createTransport(options: TransportOptions): Transport {
  const { once, ...rest } = createAttempts(options)

  const text = async (request: ApiRequest, budget = options.budget): Promise<string> => {
    const started = performance.now()
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(request)
      } catch (error) {
        const elapsedSeconds = (performance.now() - started) / 1000
        await pauseOrThrow({
          error,
          request,
          budget,
          attempt,
          elapsedSeconds,
          onRetry: options.onRetry,
        })
      }
    }
  }

  return {
    ...rest,
    text,
    json: async <T>(request: ApiRequest, budget?: Budget) =>
      parse(await text(request, budget)) as T,
  }
}

interface Pause {
  error: unknown
  request: ApiRequest
  budget: Budget
  attempt: number
  elapsedSeconds: number
  onRetry: TransportOptions['onRetry']
}

/** Waits before the next attempt; throws where there is to be none. */
async function pauseOrThrow({ error, request, budget, onRetry, ...spent }: Pause): Promise<void> {
  const { idempotent, signal, verb } = request
  if (signal?.aborted === true) throw abortedError(signal)
  if (!(error instanceof ClusterError)) throw error
  const { failure } = error
  const retry = retryAfter(budget, { failure, idempotent, ...spent, random: Math.random() })
  if (retry === undefined) throw error
  onRetry?.({ verb, attempt: spent.attempt, ...retry, ...aboutRef(request) })
  const options = signal === undefined ? {} : { signal }
  await delay(retry.delaySeconds * 1000, undefined, options).catch(() => {
    throw abortedError(signal)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const message =
      'the answer is not JSON: something other than an API server, such as a sign-in page, may have answered'
    throw new ClusterError({ type: 'other', status: 200, message }, { cause: error })
  }
}
