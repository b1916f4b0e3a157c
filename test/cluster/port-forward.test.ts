import { createHash } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import test from 'ava'
import { ClusterError } from '../../src/cluster/index.ts'
import { requestPod } from '../../src/cluster/pods/request-pod.ts'

/** What comes over the wire of a port-forward, at moments that a real API server hits only now and then. */

/** Answers the handshake and says on the channel for errors that there is nobody, in one piece. */
const refusing = http.createServer().on('upgrade', (request, socket) => {
  const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`
  const head = [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${createHash('sha1').update(key).digest('base64')}`,
    'Sec-WebSocket-Protocol: v4.channel.k8s.io',
    '\r\n',
  ]
  const text = 'no forward found'
  socket.write(
    Buffer.concat([
      Buffer.from(head.join('\r\n')),
      frame(Buffer.from([1, 8000 & 0xff, 8000 >> 8])),
      frame(Buffer.from(`\u0001${text}`)),
    ]),
  )
})

/** A short binary frame of a server. */
function frame(payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x82, payload.length]), payload])
}

test('K4 · a pod’s error that comes in one piece with the handshake is told', async t => {
  await new Promise<void>(resolve => refusing.listen(0, '127.0.0.1', resolve))
  t.teardown(() => refusing.close())
  const { port } = refusing.address() as AddressInfo
  const request = { namespace: 'llm-ops', pod: 'chat-1', port: 8000, path: '/' }
  const asking = requestPod({
    server: new URL(`http://127.0.0.1:${port}`),
    identity: { agent: new http.Agent(), headers: {} },
    request: { ...request, method: 'GET', timeoutSeconds: 10 },
    signal: undefined,
  })
  const { failure } = await t.throwsAsync(asking, { instanceOf: ClusterError })
  t.is(failure.type, 'pod-unreachable')
  t.regex(failure.message, /port 8000 of Pod\/llm-ops\/chat-1 cannot be reached: no forward found/)
})
