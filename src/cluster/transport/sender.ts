import type { IncomingMessage } from 'node:http'
import { abortedError, ClusterError } from '../failure/failure.ts'
import { networkFailure } from '../failure/network.ts'
import { exchange, openStream, targetOf, type Answer, type Target, type Wire } from './exchange.ts'
import { heed } from './heed.ts'
import type { Credentials, Identity } from './identity.ts'
import { isLoopback } from './proxy.ts'
import { pathOf, type ApiRequest } from './request.ts'

export interface Sending {
  server: URL
  credentials: Credentials
  requestTimeoutSeconds: number
  userAgent: string
}

/** Sends requests once, as who we are: any status is an answer, only silence is an error (ClusterError). */
export interface Sender {
  answer: (request: ApiRequest) => Promise<Answer>
  /** Resolves when the headers are there. */
  stream: (request: ApiRequest) => Promise<IncomingMessage>
  /** By verb. */
  requests: Record<string, number>
}

/** Puts sign-in and counting around the wire. */
export function createSender(sending: Sending): Sender {
  const requests: Record<string, number> = {}
  const route = routeOf(sending)

  const send = async <T>(
    request: ApiRequest,
    identity: Identity,
    way: (wire: Wire) => Promise<T>,
  ): Promise<T> => {
    requests[request.verb] = (requests[request.verb] ?? 0) + 1
    try {
      return await way(wireOf(route, request, identity))
    } catch (error) {
      throw silence(sending, request, error)
    }
  }

  const identify = (request: ApiRequest): Identity | Promise<Identity> => {
    const identity = sending.credentials.current()
    return identity instanceof Promise ? unlessAborted(identity, request.signal) : identity
  }

  /** A token may have expired meanwhile: one 401 is answered with a new one. */
  const signedIn = async <T>(
    request: ApiRequest,
    way: (wire: Wire) => Promise<T>,
    statusOf: (answer: T) => number,
  ): Promise<T> => {
    const identity = await identify(request)
    const answer = await send(request, identity, way)
    if (statusOf(answer) !== 401) return answer
    sending.credentials.renew(identity)
    return send(request, await identify(request), way)
  }

  return {
    requests,
    answer: request => signedIn(request, exchange, ({ status }) => status),
    stream: request => signedIn(request, openStream, ({ statusCode = 0 }) => statusCode),
  }
}

/** A sign-in may wait for people; an interruption does not wait for it. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const giveUp = () => reject(abortedError(signal))
  if (signal.aborted) giveUp()
  return Promise.race([promise, aborted]).finally(heed(signal, giveUp))
}

/** What is the same for every request. */
interface Route extends Sending {
  target: Target
  /** On this machine. */
  isNear: boolean
}

function routeOf(sending: Sending): Route {
  const target = targetOf(sending.server)
  return { ...sending, target, isNear: isLoopback(target.hostname) }
}

function wireOf(
  { target, isNear, requestTimeoutSeconds, userAgent }: Route,
  request: ApiRequest,
  identity: Identity,
): Wire {
  const {
    method,
    body,
    contentType = 'application/json',
    signal,
    verb,
    accept = 'application/json',
  } = request
  const text = body === undefined ? undefined : JSON.stringify(body)
  return {
    target,
    identity,
    method,
    path: pathOf(request),
    headers: {
      Accept: accept,
      'User-Agent': userAgent,
      // Compression costs more than it saves where there is no network between.
      ...(verb === 'list' && !isNear && { 'Accept-Encoding': 'gzip' }),
      ...(text !== undefined && {
        'Content-Type': contentType,
        'Content-Length': String(Buffer.byteLength(text)),
      }),
    },
    ...(text !== undefined && { body: text }),
    timeoutSeconds: requestTimeoutSeconds,
    signal,
  }
}

function silence(
  { server, requestTimeoutSeconds }: Sending,
  { signal }: ApiRequest,
  error: unknown,
): ClusterError {
  if (signal?.aborted === true) return abortedError(signal)
  return new ClusterError(
    networkFailure(error, { server, timeoutSeconds: requestTimeoutSeconds }),
    { cause: error },
  )
}
