import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { heed } from './heed.ts'
import type { Identity } from './identity.ts'
import { http, https } from './node-http.ts'

/** An API server's address, taken apart once for all requests. */
export interface Target {
  protocol: string
  hostname: string
  port: string
  /** Before every path; without a slash at its end. */
  prefix: string
}

export function targetOf({ protocol, hostname, port, pathname }: URL): Target {
  return {
    protocol,
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port,
    prefix: pathname.replace(/\/$/, ''),
  }
}

/** One HTTP request as it goes over the wire. */
export interface Wire {
  target: Target
  identity: Identity
  method: string
  /** With its query. */
  path: string
  headers: Record<string, string>
  body?: string
  /** For the whole of a plain answer; for a stream, until its headers are there. */
  timeoutSeconds: number
  signal?: AbortSignal | undefined
}

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

/** The deadline of one request has passed. */
export class DeadlineError extends Error {
  /** False when not even a connection came about. */
  readonly connected: boolean

  constructor(connected: boolean) {
    super('deadline exceeded')
    this.name = 'DeadlineError'
    this.connected = connected
  }
}

/** Sends and reads the whole answer, whatever its status. Rejects with the network's error, a DeadlineError or the signal's reason. */
export function exchange(wire: Wire): Promise<Answer> {
  return send(wire, async response => {
    const bytes = await readAll(response)
    const isZipped = response.headers['content-encoding'] === 'gzip'
    const text = (isZipped ? await unzip(bytes) : bytes).toString('utf8')
    return { status: response.statusCode ?? 0, headers: response.headers, text }
  })
}

/** Sends and gives the answer when its headers are there: the caller reads it, or destroys it. */
export function openStream(wire: Wire): Promise<IncomingMessage> {
  return send(wire, async response => response)
}

const unzip = promisify(gunzip)

function send<T>(wire: Wire, receive: (response: IncomingMessage) => Promise<T>): Promise<T> {
  const { target, identity, method, path, headers, body, timeoutSeconds, signal } = wire
  const { protocol, hostname, port, prefix } = target
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error)
    const request = (protocol === 'http:' ? http() : https()).request({
      agent: identity.agent,
      method,
      protocol,
      hostname,
      port,
      path: prefix + path,
      headers: { ...identity.headers, ...headers },
    })
    // Once the answer has begun, Node tells of nothing but a reset: the cause is kept here.
    let cause: Error | undefined
    const stop = (reason: Error) => {
      cause = reason
      request.destroy(reason)
    }
    const expire = () => stop(new DeadlineError(request.socket?.connecting === false))
    const timer = setTimeout(expire, timeoutSeconds * 1000)
    const release = heed(signal, () => stop(signal?.reason as Error))
    const done = () => {
      clearTimeout(timer)
      release()
    }
    const fail = (error: unknown) => reject(cause ?? error)
    request.on('error', error => {
      done()
      fail(error)
    })
    request.on('response', response => {
      void receive(response).then(resolve, fail).finally(done)
    })
    request.end(body)
  })
}

/** The bytes of an answer; rejects when it breaks off. */
export function readAll(response: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    response.on('data', (chunk: Buffer) => chunks.push(chunk))
    response.on('end', () => resolve(Buffer.concat(chunks)))
    response.on('error', reject)
  })
}
