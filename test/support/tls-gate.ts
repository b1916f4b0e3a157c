import net, { type AddressInfo, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { ExecutionContext } from 'ava'
import { chooseAccess } from '../../src/cluster/kubeconfig/choose.ts'
import { tlsOptions } from '../../src/cluster/transport/tls.ts'

/** What stands before an API server and passes its TLS on as it is: a load balancer that looks at no request. */
export interface TlsGate {
  port: number
  /** Of the next connections each is cut after so many bytes of the API server. */
  cutAfter: (bytes: readonly number[]) => void
  /** From now on somebody with another certificate answers, and every connection that is open is cut. */
  betray: () => void
  /** As it was. */
  restore: () => void
}

export async function aTlsGate(t: ExecutionContext, kubeconfig: string): Promise<TlsGate> {
  const access = chooseAccess({ kubeconfig, environment: {} })
  const { cert, key } = tlsOptions(access)
  const target = { host: access.server.hostname, port: Number(access.server.port) }
  const sockets = new Set<Socket>()
  let cuts: number[] = []
  let isBetrayed = false
  // A client's certificate: of the right authority, and for no server.
  const stranger = createTlsServer({ cert, key })
  stranger.on('tlsClientError', () => {})

  const gate = net.createServer(client => {
    sockets.add(client)
    client.on('close', () => sockets.delete(client))
    client.on('error', () => {})
    if (isBetrayed) {
      stranger.emit('connection', client)
      return
    }
    const upstream = net.connect(target)
    let left = cuts.shift() ?? Number.POSITIVE_INFINITY
    upstream.on('data', (bytes: Buffer) => {
      client.write(bytes.subarray(0, left))
      left -= bytes.length
      if (left <= 0) client.destroy()
    })
    client.pipe(upstream)
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
    upstream.on('error', () => client.destroy())
  })
  await new Promise<void>(listening => gate.listen(0, '127.0.0.1', listening))
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  t.teardown(async () => {
    cut()
    await new Promise<void>(closed => gate.close(() => closed()))
  })
  return {
    port: (gate.address() as AddressInfo).port,
    cutAfter: bytes => void (cuts = [...bytes]),
    betray() {
      isBetrayed = true
      cut()
    },
    restore() {
      isBetrayed = false
    },
  }
}
