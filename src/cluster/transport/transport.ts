import type { IncomingMessage } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { readAnswer } from '../answer/read-answer.ts'
import type { Reader } from '../answer/reader.ts'
import { abortedError, ClusterError } from '../failure/failure.ts'
import { createAttempts, type AttemptOptions } from './attempt.ts'
import { aboutRef, type ApiRequest, type RetryNotice } from './request.ts'
import { retryAfter, type Budget } from './retry.ts'

export interface TransportOptions extends AttemptOptions {
  budget: Budget
  onRetry?: ((notice: RetryNotice) => void) | undefined
}

/** Requests to one API server: bounded in number, retried where that can help, failures as ClusterError. */
export interface Transport {
  /** The body of the answer. */
  text: (request: ApiRequest) => Promise<string>
  /** What the reader finds in the answer. One that is not what was asked is a failure like any other. */
  json: <T>(request: ApiRequest, read: Reader<T>) => Promise<T>
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

  const patiently = async <T>(request: ApiRequest, read: (text: string) => T): Promise<T> => {
    const started = performance.now()
    for (let attempt = 1; ; attempt += 1) {
      try {
        return read(await once(request))
      } catch (error) {
        const elapsedSeconds = (performance.now() - started) / 1000
        const { budget, onRetry } = options
        await pauseOrThrow({ error, request, budget, attempt, elapsedSeconds, onRetry })
      }
    }
  }

  return {
    ...rest,
    text: request => patiently(request, text => text),
    json: (request, read) => patiently(request, text => readAnswer({ request, text, read })),
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
