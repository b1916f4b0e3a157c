import { readFileSync } from 'node:fs'
import https from 'node:https'

/** What the API server takes from a client that does nothing else: requests over pooled connections, so many in flight. */

export interface RawRequest {
  method: string
  /** With its query. */
  path: string
  contentType?: string
  body?: unknown
}

export interface RawPlan {
  server: string
  ca: string
  cert: string
  key: string
  /** One after the other; those of a step side by side. */
  steps: RawRequest[][]
}

const IN_FLIGHT = 16

export async function carryOut({ server, ca, cert, key, steps }: RawPlan): Promise<void> {
  const agent = new https.Agent({ keepAlive: true, maxSockets: IN_FLIGHT, ca, cert, key })
  for (const step of steps)
    await Promise.all(step.map(request => send(new URL(server), agent, request)))
  agent.destroy()
}

function send(server: URL, agent: https.Agent, request: RawRequest): Promise<unknown> {
  const { method, path, contentType = 'application/json', body } = request
  const text = body === undefined ? undefined : JSON.stringify(body)
  const length = text === undefined ? {} : { 'Content-Length': Buffer.byteLength(text) }
  return new Promise((resolve, reject) => {
    const sent = https.request({
      agent,
      method,
      hostname: server.hostname,
      port: server.port,
      path,
      headers: { 'Content-Type': contentType, Accept: 'application/json', ...length },
    })
    sent.on('error', reject).on('response', response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject)
      response.on('end', () => {
        const answer = Buffer.concat(chunks).toString('utf8')
        if ((response.statusCode ?? 0) >= 300) reject(new Error(`${method} ${path}: ${answer}`))
        else resolve(JSON.parse(answer))
      })
    })
    sent.end(text)
  })
}

if (import.meta.main) {
  const plan: RawPlan = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'))
  await carryOut(plan)
}
