import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

export interface ModelServer {
  port: number
  close: () => void
}

/** Coefficients of an ordinary least squares fit to the California housing data, rounded; the answer is in 100,000 dollars. */
const INTERCEPT = -36.9
const COEFFICIENTS: Record<string, number> = {
  MedInc: 0.44,
  HouseAge: 0.0094,
  AveRooms: -0.107,
  AveOccup: -0.0038,
  Latitude: -0.421,
  Longitude: -0.435,
}

/** A real, small model server: GET /health and POST /predict, on loopback. */
export async function startModelServer(): Promise<ModelServer> {
  const server = createServer(async (request, response) => {
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    if (request.url === '/health') return answer(200, { status: 'ok' })
    if (request.method !== 'POST' || request.url !== '/predict')
      return answer(404, { error: 'not found' })
    try {
      return answer(200, {
        predictions: [predict((await json(request)) as Record<string, number>)],
      })
    } catch {
      return answer(400, { error: 'the body is not JSON' })
    }
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return { port, close: () => server.close() }
}

function predict(house: Record<string, number>): number {
  const terms = Object.entries(COEFFICIENTS).map(([name, weight]) => weight * (house[name] ?? 0))
  const value = terms.reduce((sum, term) => sum + term, INTERCEPT)
  return Math.round(value * 100) / 100
}
