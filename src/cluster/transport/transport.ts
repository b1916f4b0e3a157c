import type { IncomingMessage } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { abortedError, ClusterError } from '../failure.ts'
import { failureOf } from '../status.ts'
import { createClock } from './clock.ts'
import { readAll } from './exchange.ts'
import { createLimiter } from './limiter.ts'
import type { ApiRequest, RetryNotice, Warning } from './request.ts'
import { retryAfter } from './retry.ts'
import type { Budget } from './retry.ts'
import { createSender } from './sender.ts'
import type { Sending } from './sender.ts'
import { warningsOf } from './warnings.ts'

export interface TransportOptions extends Sending {
  budget: Budget
  onRetry?: ((notice: RetryNotice) => void) | undefined
  onWarning?: ((warning: Warning) => void) | undefined
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

/** More in flight bring kube-apiserver no further: about 500 server-side applies a second either way. */
const MOST_IN_FLIGHT = 16

export function createTransport(options: TransportOptions): Transport {
  const sender = createSender(options)
  const limiter = createLimiter(MOST_IN_FLIGHT)
  const clock = createClock()

  const once = async (request: ApiRequest): Promise<string> => {
    const leave = request.urgent === true ? () => {} : await limiter.enter(request.signal)
    try {
      const { status, headers, text } = await sender.answer(request)
      clock.read(headers.date)
      if (status === 429) limiter.slowDown()
      if (!isSuccess(status))
        throw new ClusterError(failureOf({ status, headers, text, kind: kindOf(request) }))
      limiter.speedUp()
      for (const message of warningsOf(headers.warning))
        options.onWarning?.({ message, ...refOf(request) })
      return text
    } finally {
      leave()
    }
  }

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

  const stream = async (request: ApiRequest): Promise<IncomingMessage> => {
    const response = await sender.stream(request)
    const { headers, statusCode: status = 0 } = response
    clock.read(headers.date)
    if (isSuccess(status)) return response
    const body = await readAll(response).catch(() => Buffer.alloc(0))
    throw new ClusterError(
      failureOf({ status, headers, text: body.toString('utf8'), kind: kindOf(request) }),
    )
  }

  return {
    text,
    json: async <T>(request: ApiRequest, budget?: Budget) =>
      parse(await text(request, budget)) as T,
    stream,
    requests: sender.requests,
    serverTime: clock.now,
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
async function pauseOrThrow({
  error,
  request,
  budget,
  attempt,
  elapsedSeconds,
  onRetry,
}: Pause): Promise<void> {
  const { idempotent, signal, verb } = request
  if (signal?.aborted === true) throw abortedError(signal)
  if (!(error instanceof ClusterError)) throw error
  const retry = retryAfter(budget, {
    failure: error.failure,
    idempotent,
    attempt,
    elapsedSeconds,
    random: Math.random(),
  })
  if (retry === undefined) throw error
  onRetry?.({ verb, attempt, ...retry, ...refOf(request) })
  await delay(retry.delaySeconds * 1000, undefined, signal === undefined ? {} : { signal }).catch(
    () => {
      throw abortedError(signal)
    },
  )
}

const isSuccess = (status: number) => status >= 200 && status < 300

const kindOf = ({ kind, ref }: ApiRequest) => kind ?? ref?.kind

const refOf = ({ ref }: ApiRequest) => (ref === undefined ? {} : { ref })

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const message =
      'the answer is not JSON: something other than an API server, such as a sign-in page, may have answered'
    throw new ClusterError({ type: 'other', status: 200, message }, { cause: error })
  }
}
