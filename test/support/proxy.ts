import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { chooseAccess } from '../../src/cluster/kubeconfig/choose.ts'
import { tlsOptions } from '../../src/cluster/transport/tls.ts'

/** Which requests a rule is about: all conditions given must hold. */
export interface Match {
  method?: string
  /** Against path and query. */
  path?: RegExp
  /** The header, whole. */
  authorization?: string
  /** The first so many that match are let through. */
  skip?: number
  /** Then so many are hit; all when absent. */
  times?: number
}

export type Fault =
  /** Answers itself; the API server never sees the request. */
  | { type: 'answer'; status: number; body?: unknown; headers?: Record<string, string> }
  /** Closes the connection before the API server has seen the request. */
  | { type: 'reset' }
  /** The API server carries the request out, the answer is lost. */
  | { type: 'lose-answer' }
  /** Neither answers nor closes. */
  | { type: 'hang' }
  /** Closes the connection after so many bytes of the answer. */
  | { type: 'truncate'; bytes: number }
  /** Passes on after so many seconds. */
  | { type: 'delay'; seconds: number }
  /** Passes on when told to. */
  | { type: 'wait'; until: Promise<unknown> }
  /** The same, whether or not the client is still there: what was sent can arrive late. */
  | { type: 'late'; until: Promise<unknown> }

export interface FaultProxy {
  url: string
  /** A kubeconfig file that leads through the proxy; the proxy is who the given kubeconfig says. */
  kubeconfig: string
  /** The first rule that matches is applied. The function counts its hits. */
  on: (match: Match, fault: Fault) => { hits: () => number; remove: () => void }
  clear: () => void
  /** Every request, with the API server's status where it was asked. */
  seen: {
    method: string
    path: string
    headers: http.IncomingHttpHeaders
    status?: number
    /** Of one clock for all proxies of a test. */
    startedMs?: number
    endedMs?: number
  }[]
  /** Closes every connection that is open now: watches break off. */
  cut: () => void
  /** Refuses connections until `up`: the API server restarts. */
  down: () => Promise<void>
  up: () => Promise<void>
  close: () => Promise<void>
}

interface Rule {
  match: Match
  fault: Fault
  met: number
  hits: number
}

/** A proxy with faults between slipway and a real API server. It listens on plain HTTP on the loopback. */
export async function startFaultProxy(kubeconfig: string): Promise<FaultProxy> {
  const access = chooseAccess({ kubeconfig, environment: {} })
  const tls = tlsOptions(access)
  const target = { host: access.server.hostname, port: Number(access.server.port) }
  const agent = new https.Agent({ keepAlive: true, ...tls })
  const sockets = new Set<Socket>()
  const seen: FaultProxy['seen'] = []
  let rules: Rule[] = []

  const server = http.createServer((request, response) => {
    const { method = '', url = '', headers } = request
    const entry: FaultProxy['seen'][number] = {
      method,
      path: url,
      headers,
      startedMs: performance.now(),
    }
    seen.push(entry)
    const fault = faultFor(rules, entry)
    if (fault !== undefined && isBefore(fault)) return hit(fault, request, response)
    const forward = () => {
      const upstream = https.request({
        ...target,
        agent,
        method,
        path: url,
        headers: { ...headers, host: `${target.host}:${target.port}` },
      })
      upstream.on('response', answer => {
        entry.status = answer.statusCode ?? 0
        entry.endedMs = performance.now()
        if (fault?.type === 'lose-answer')
          return void answer.resume().on('end', () => request.socket.destroy())
        response.writeHead(answer.statusCode ?? 0, answer.headers)
        response.flushHeaders()
        if (fault?.type === 'truncate') return truncate(answer, response, fault.bytes)
        answer.pipe(response)
        answer.on('error', () => response.destroy())
      })
      upstream.on('error', () => request.socket.destroy())
      response.on('close', () => upstream.destroy())
      request.pipe(upstream)
    }
    if (fault?.type === 'late') void passOnLate(fault.until, request, entry)
    else if (fault?.type === 'wait') void fault.until.then(forward)
    else if (fault?.type === 'delay') setTimeout(forward, fault.seconds * 1000)
    else forward()
  })
  async function passOnLate(
    until: Promise<unknown>,
    request: http.IncomingMessage,
    entry: FaultProxy['seen'][number],
  ): Promise<void> {
    const { method, url: path, headers } = request
    const body = Buffer.concat(await request.toArray())
    await until
    const host = `${target.host}:${target.port}`
    const late = https.request({ ...target, agent, method, path, headers: { ...headers, host } })
    late.on('response', answer => {
      answer.resume().on('end', () => {
        entry.status = answer.statusCode ?? 0
        entry.endedMs = performance.now()
      })
    })
    late.end(body)
  }

  server.on('connection', socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('upgrade', (request: http.IncomingMessage, socket: Socket, head: Buffer) => {
    const entry = { method: 'UPGRADE', path: request.url ?? '', headers: request.headers }
    seen.push(entry)
    const fault = faultFor(rules, entry)
    if (fault?.type === 'answer') return refuseUpgrade(fault.status, socket)
    const upstream = connectTls({ ...tls, ...target }, () => {
      upstream.write(`${request.method} ${request.url} HTTP/1.1\r\n${rawHeaders(request)}\r\n\r\n`)
      upstream.write(head)
      upstream.pipe(socket).pipe(upstream)
    })
    upstream.on('error', () => socket.destroy())
    socket.on('error', () => upstream.destroy())
  })

  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  const listen = (port: number) =>
    new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  const unlisten = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve())
      cut()
    })
  await listen(0)
  const { port } = server.address() as AddressInfo
  const directory = await mkdtemp(join(tmpdir(), 'slipway-proxy-'))
  const file = join(directory, 'kubeconfig')
  await writeFile(file, kubeconfigFor(`http://127.0.0.1:${port}`))

  return {
    url: `http://127.0.0.1:${port}`,
    kubeconfig: file,
    seen,
    on(match, fault) {
      const rule = { match, fault, met: 0, hits: 0 }
      rules.push(rule)
      return {
        hits: () => rule.hits,
        remove: () => void (rules = rules.filter(other => other !== rule)),
      }
    },
    clear() {
      rules = []
      seen.length = 0
    },
    cut,
    down: unlisten,
    up: () => listen(port),
    async close() {
      if (server.listening) await unlisten()
      agent.destroy()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

function faultFor(
  rules: Rule[],
  { method, path, headers }: FaultProxy['seen'][number],
): Fault | undefined {
  for (const rule of rules) {
    const { match } = rule
    if ((match.method ?? method) !== method || match.path?.test(path) === false) continue
    if ((match.authorization ?? headers.authorization) !== headers.authorization) continue
    rule.met += 1
    const { skip = 0, times = Number.POSITIVE_INFINITY } = match
    if (rule.met <= skip || rule.hits >= times) continue
    rule.hits += 1
    return rule.fault
  }
  return undefined
}

type Early = Extract<Fault, { type: 'answer' | 'reset' | 'hang' }>

function isBefore(fault: Fault): fault is Early {
  return fault.type === 'answer' || fault.type === 'reset' || fault.type === 'hang'
}

function hit(fault: Early, request: http.IncomingMessage, response: http.ServerResponse): void {
  if (fault.type === 'reset') request.socket.resetAndDestroy()
  if (fault.type !== 'answer') return
  const text = typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body ?? '')
  request.resume().on('end', () => {
    response.writeHead(fault.status, {
      'Content-Type': 'application/json',
      Date: new Date().toUTCString(),
      ...fault.headers,
    })
    response.end(fault.body === undefined ? '' : text)
  })
}

function refuseUpgrade(status: number, socket: Socket): void {
  socket.end(`HTTP/1.1 ${status} played\r\nContent-Length: 0\r\n\r\n`)
}

function truncate(
  answer: http.IncomingMessage,
  response: http.ServerResponse,
  bytes: number,
): void {
  let left = bytes
  answer.on('data', (chunk: Buffer) => {
    if (left <= 0) return
    response.write(chunk.subarray(0, left), () => {
      if (left <= 0) response.socket?.destroy()
    })
    left -= chunk.length
  })
}

function rawHeaders({ rawHeaders: raw }: http.IncomingMessage): string {
  const lines: string[] = []
  for (let index = 0; index < raw.length; index += 2) lines.push(`${raw[index]}: ${raw[index + 1]}`)
  return lines.join('\r\n')
}

function kubeconfigFor(server: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'proxy', cluster: { server } }],
    users: [{ name: 'proxy', user: {} }],
    contexts: [{ name: 'proxy', context: { cluster: 'proxy', user: 'proxy' } }],
    'current-context': 'proxy',
  })
}
