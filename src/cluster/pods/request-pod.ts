import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { PodRequest, PodResponse } from '../cluster.ts'
import { abortedError, ClusterError } from '../failure/failure.ts'
import { forwardPort } from './port-forward.ts'
import type { Identity } from '../transport/identity.ts'
import { http } from '../transport/node-http.ts'

export interface PodRequestInput {
  server: URL
  identity: Identity
  request: PodRequest
  signal: AbortSignal | undefined
}

/** As much of an answer as a smoke test looks at. */
const MOST_BYTES = 4 * 1024 * 1024

/** One HTTP request to a pod, within its own deadline. Throws ClusterError: `pod-unreachable`, `timeout`, or why the port-forward was refused. */
export async function requestPod({
  server,
  identity,
  request,
  signal,
}: PodRequestInput): Promise<PodResponse> {
  const started = performance.now()
  const deadline = AbortSignal.timeout(request.timeoutSeconds * 1000)
  const until = signal === undefined ? deadline : AbortSignal.any([signal, deadline])
  try {
    const stream = await within(until, forwardPort({ server, identity, ...request }))
    const { status, body } = await ask(stream, request, until)
    return { status, body, latencySeconds: (performance.now() - started) / 1000 }
  } catch (error) {
    throw failed({ error, request, signal, deadline })
  }
}

/** A connection that comes about too late is closed. */
function within(signal: AbortSignal, opening: Promise<Duplex>): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      opening.then(
        stream => stream.destroy(),
        () => {},
      )
      reject(signal.reason as Error)
    }
    signal.addEventListener('abort', giveUp, { once: true })
    opening.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp))
  })
}

function ask(
  stream: Duplex,
  { method, path, port, body }: PodRequest,
  signal: AbortSignal,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    if (stream.errored !== null) return reject(stream.errored)
    // The port-forward's own error says more than the broken connection that HTTP sees.
    stream.on('error', reject)
    const text = body === undefined ? undefined : JSON.stringify(body)
    const request = http().request({
      createConnection: () => stream,
      signal,
      method,
      path,
      headers: {
        Host: `localhost:${port}`,
        Connection: 'close',
        Accept: '*/*',
        ...(text !== undefined && {
          'Content-Type': 'application/json',
          'Content-Length': String(Buffer.byteLength(text)),
        }),
      },
    })
    request.on('error', reject)
    request.on('response', response => {
      readSome(response)
        .then(answer => resolve({ status: response.statusCode ?? 0, body: answer }), reject)
        .finally(() => stream.destroy())
    })
    request.end(text)
  })
}

async function readSome(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.length
    if (size > MOST_BYTES) break
  }
  return Buffer.concat(chunks).toString('utf8')
}

interface Failed {
  error: unknown
  request: PodRequest
  signal: AbortSignal | undefined
  deadline: AbortSignal
}

function failed({ error, request, signal, deadline }: Failed): ClusterError {
  if (error instanceof ClusterError) return error
  const { namespace, pod, port, path, method, timeoutSeconds } = request
  const target = `${method} ${path} on port ${port} of Pod/${namespace}/${pod}`
  if (signal?.aborted === true) return abortedError(signal)
  if (deadline.aborted)
    return new ClusterError(
      {
        type: 'timeout',
        status: 0,
        message: `${target} was not answered within ${timeoutSeconds} s`,
      },
      { cause: error },
    )
  return new ClusterError(
    {
      type: 'pod-unreachable',
      status: 0,
      refused: false,
      message: `${target}: the connection was closed before the answer was complete`,
    },
    { cause: error },
  )
}
