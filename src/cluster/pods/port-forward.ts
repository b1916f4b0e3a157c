import { Duplex, PassThrough } from 'node:stream'
import { ClusterError } from '../failure/failure.ts'
import { failureOf } from '../failure/status.ts'
import type { Identity } from '../transport/identity.ts'

export interface Forwarding {
  server: URL
  identity: Identity
  namespace: string
  pod: string
  port: number
}

/** The part of a WebSocket that is used here. */
interface Socket {
  send: (data: Buffer, done: (error?: Error) => void) => void
  close: () => void
  addEventListener: (type: 'close', listen: () => void) => void
}

/**
 * One connection to a pod's port, as a stream: the API server's port-forward over a WebSocket.
 * Its frames (`v4.channel.k8s.io`): channel 0 data, channel 1 errors, each beginning with the port number.
 * Rejects, and later breaks the stream, with ClusterError.
 */
export async function forwardPort(forwarding: Forwarding): Promise<Duplex> {
  let socket: Socket | undefined
  const stream = new Duplex({
    read() {},
    write: (data: Buffer, _encoding, done) =>
      socket?.send(Buffer.concat([DATA_CHANNEL, data]), done),
    destroy(error, done) {
      socket?.close()
      done(error)
    },
  })
  // It may break before anybody listens: what the pod's side says can come in one piece with the handshake.
  stream.on('error', () => {})
  socket = await connect(forwarding, receiver(stream, forwarding))
  socket.addEventListener('close', () => stream.push(null))
  if (stream.destroyed) socket.close()
  return stream
}

const DATA_CHANNEL = Buffer.from([0])

type Receive = (channel: number, data: Buffer) => boolean

/** Only the WebSocket part of the library is loaded: with its generated API it takes 0.2 s and 80 MB. */
async function connect(forwarding: Forwarding, receive: Receive): Promise<Socket> {
  const { server, identity, namespace, pod, port } = forwarding
  const { WebSocketHandler } = await import('@kubernetes/client-node/dist/web-socket-handler.js')
  const config = {
    getCurrentCluster: () => ({
      name: server.host,
      server: server.href.replace(/\/$/, ''),
      skipTLSVerify: false,
    }),
    applyToHTTPSOptions: async (options: object) =>
      Object.assign(options, { agent: identity.agent, headers: identity.headers }),
  }
  // The library would close this process's own streams when told to.
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() }
  const handler = new WebSocketHandler(
    config as unknown as ConstructorParameters<typeof WebSocketHandler>[0],
    undefined,
    streams,
  )
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/portforward?ports=${port}`
  try {
    return await handler.connect(path, null, receive)
  } catch (error) {
    throw handshakeFailed(error, forwarding)
  }
}

/** Passes data on; an error from the pod's side breaks the stream. */
function receiver(stream: Duplex, { namespace, pod, port }: Forwarding): Receive {
  const isNumbered = new Set<number>()
  return (channel, data) => {
    const content = isNumbered.has(channel) ? data : data.subarray(2)
    isNumbered.add(channel)
    if (content.length === 0) return true
    if (channel === 0) stream.push(content)
    else stream.destroy(podError(content.toString('utf8').trim(), `Pod/${namespace}/${pod}`, port))
    return true
  }
}

function podError(text: string, pod: string, port: number): ClusterError {
  const refused = /connection refused/i.test(text)
  const message = refused
    ? `nothing listens on port ${port} of ${pod}: connection refused`
    : `port ${port} of ${pod} cannot be reached: ${withoutIds(text).slice(0, 300)}`
  return new ClusterError({ type: 'pod-unreachable', status: 0, refused, message })
}

/** The kubelet names the pod's sandbox by an id, and by a uid that it leaves empty. */
function withoutIds(text: string): string {
  return text.replace(/error forwarding port \d+ to pod \S+, uid ?: ?/, '')
}

function handshakeFailed(event: unknown, { namespace, pod }: Forwarding): ClusterError {
  const { message = '', error } = event as { message?: string; error?: unknown }
  const status = Number(/Unexpected server response: (\d+)/.exec(message)?.[1] ?? 0)
  const text = `port-forward to Pod/${namespace}/${pod} was refused: ${status === 0 ? message : `HTTP ${status}`}`
  const failure =
    status === 0
      ? ({ type: 'unreachable', status, why: 'other', message: text } as const)
      : { ...failureOf({ status, headers: {}, text: statusText(status) }), message: text }
  return new ClusterError(failure, { cause: error })
}

/** The library keeps the number of the answer alone; nothing is decided by it but what is said of this pod. */
function statusText(code: number): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'Status', status: 'Failure', code })
}
