import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ExecutionContext } from 'ava'

/** Answers by method and path: `GET /health`. */
export type Answers = Record<string, Answer>

type Answer = (response: ServerResponse, request: IncomingMessage) => void

export interface TestServer {
  port: number
  /** `POST /predict`, in the order in which they came. */
  asked: string[]
  close: () => void
}

/** A real HTTP server on loopback, for as long as the test runs; 404 where it has no answer. */
export async function anHttpServer(
  t: ExecutionContext<never>,
  answers: Answers,
): Promise<TestServer> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const what = `${request.method} ${request.url}`
    asked.push(what)
    request.resume()
    const answer = answers[what]
    if (answer === undefined) response.writeHead(404).end()
    else answer(response, request)
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  t.teardown(close)
  return { port: (server.address() as AddressInfo).port, asked, close }
}

/** Answers with JSON. */
export function json(body: unknown, status = 200): Answer {
  return response => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
}
