import type { IncomingMessage } from 'node:http'
import { formatRef } from '../../object/index.ts'
import { abortedError, ClusterError } from '../failure/failure.ts'
import { asMissingKind } from '../failure/missing-kind.ts'
import { failureOf } from '../failure/status.ts'
import { createClock } from './clock.ts'
import { readAll } from './exchange.ts'
import { createLimiter } from './limiter.ts'
import { aboutRef, type ApiRequest, type Warning } from './request.ts'
import { createSender, type Sending } from './sender.ts'
import { warningsOf } from './warnings.ts'

export interface AttemptOptions extends Sending {
  onWarning?: ((warning: Warning) => void) | undefined
}

/** One attempt at a request: waits for its turn, and gives a 2xx answer or throws ClusterError. */
export interface Attempts {
  once: (request: ApiRequest) => Promise<string>
  /** An answer that goes on, once its headers are there; it needs no turn. */
  stream: (request: ApiRequest) => Promise<IncomingMessage>
  requests: Record<string, number>
  serverTime: () => Date
}

/** More in flight bring kube-apiserver no further: about 500 server-side applies a second either way. */
const MOST_IN_FLIGHT = 16

/** Puts turns, refusals and remarks around bare requests. */
export function createAttempts(options: AttemptOptions): Attempts {
  const sender = createSender(options)
  const limiter = createLimiter(MOST_IN_FLIGHT)
  const clock = createClock()

  const once = async (request: ApiRequest): Promise<string> => {
    const leave = request.urgent === true ? () => {} : await limiter.enter(request.signal)
    try {
      if (request.maySend?.() === false) throw abortedError(request.signal)
      const { status, headers, text } = await sender.answer(request)
      clock.read(headers.date)
      if (status === 429) limiter.slowDown()
      if (!isSuccess(status)) throw refused(request, { status, headers, text })
      limiter.speedUp()
      for (const message of warningsOf(headers.warning))
        options.onWarning?.({ message, ...aboutRef(request) })
      return text
    } finally {
      leave()
    }
  }

  const stream = async (request: ApiRequest): Promise<IncomingMessage> => {
    const response = await sender.stream(request)
    const { headers, statusCode: status = 0 } = response
    clock.read(headers.date)
    if (isSuccess(status)) return response
    const body = await readAll(response).catch(() => Buffer.alloc(0))
    throw refused(request, { status, headers, text: body.toString('utf8') })
  }

  return { once, stream, requests: sender.requests, serverTime: clock.now }
}

const isSuccess = (status: number) => status >= 200 && status < 300

function refused(
  request: ApiRequest,
  refusal: Omit<Parameters<typeof failureOf>[0], 'kind'>,
): ClusterError {
  const { kind, ref } = request
  const failure = asMissingKind(failureOf({ ...refusal, kind: kind ?? ref?.kind }), request)
  const isOurs = failure.type !== 'unexpected' || ref === undefined
  return new ClusterError(isOurs ? failure : { ...failure, object: formatRef(ref) })
}
