import http from 'node:http'
import net, { type AddressInfo, type Socket } from 'node:net'
import type { ExecutionContext } from 'ava'

/** Proxies as companies have them: they only pass bytes on, and count their connections. */
export interface Tunnel {
  port: number
  opened: () => number
}

/** An HTTP proxy that allows CONNECT to those who know the password. */
export async function aConnectProxy(t: ExecutionContext, credentials: string): Promise<Tunnel> {
  let count = 0
  const server = http.createServer((_request, response) => response.writeHead(405).end())
  server.on('connect', (request: http.IncomingMessage, client: Socket) => {
    const expected = `Basic ${Buffer.from(credentials).toString('base64')}`
    if (request.headers['proxy-authorization'] !== expected) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
      return
    }
    count += 1
    const { hostname, port } = new URL(`http://${request.url}`)
    join(client, net.connect(Number(port), hostname), 'HTTP/1.1 200 Connection established\r\n\r\n')
  })
  return { port: await listen(t, server), opened: () => count }
}

/** SOCKS 5 without a password, for IPv4 addresses (RFC 1928). */
export async function aSocksProxy(t: ExecutionContext): Promise<Tunnel> {
  let count = 0
  const server = net.createServer(client => {
    client.once('data', () => {
      client.write(Buffer.from([5, 0]))
      client.once('data', (request: Buffer) => {
        count += 1
        const target = net.connect(request.readUInt16BE(8), [...request.subarray(4, 8)].join('.'))
        join(client, target, Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]))
      })
    })
  })
  return { port: await listen(t, server), opened: () => count }
}

function join(client: Socket, target: Socket, greeting: string | Buffer): void {
  target.on('connect', () => {
    client.write(greeting)
    client.pipe(target).pipe(client)
  })
  target.on('error', () => client.destroy())
  client.on('error', () => target.destroy())
}

async function listen(t: ExecutionContext, server: net.Server): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', socket => sockets.add(socket))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise<void>(resolve => server.close(() => resolve()))
  })
  return (server.address() as AddressInfo).port
}
