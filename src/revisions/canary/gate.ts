import { at, entries } from '../../object/index.ts'
import { failure, type Place, type SlipwayError } from '../../problem/index.ts'
import type { Endpoint } from '../../spec/index.ts'

export type Gate = NonNullable<NonNullable<Endpoint['spec']['canary']>['gate']>

/** For one answer of Prometheus. */
const TIMEOUT_SECONDS = 30

export interface GateQuestion {
  gate: Gate
  endpoint: string
  /** Of the gate, where it stands. */
  place: Place | undefined
}

/** Asks Prometheus; throws SlipwayError `guard` where the number is beyond its bound, where there is none, and where nobody answers. */
export async function passGate(question: GateQuestion): Promise<number> {
  const { gate } = question
  const value = oneNumber(await answerOf(question))
  if (typeof value === 'string') throw closed(question, value)
  if (gate.max !== undefined && value > gate.max)
    throw closed(question, `the answer is ${value}, above max ${gate.max}`)
  if (gate.min !== undefined && value < gate.min)
    throw closed(question, `the answer is ${value}, below min ${gate.min}`)
  return value
}

/** https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries */
async function answerOf(question: GateQuestion): Promise<unknown> {
  const { serverAddress, query } = question.gate.prometheus
  const url = new URL(`${serverAddress.replace(/\/$/, '')}/api/v1/query`)
  url.searchParams.set('query', query)
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_SECONDS * 1000) })
    const text = await response.text()
    if (response.ok) return JSON.parse(text) as unknown
    throw new Error(`HTTP ${response.status}: ${text.slice(0, 300)}`)
  } catch (error) {
    const { message, cause } = error instanceof Error ? error : { message: String(error) }
    const reason = cause instanceof Error ? `${message}: ${cause.message}` : message
    throw closed(question, `${serverAddress} gives no answer (${reason})`)
  }
}

/** Of a scalar, or of a vector with one sample; else why there is none. */
export function oneNumber(answer: unknown): number | string {
  const type = at(answer, 'data', 'resultType')
  const result = at(answer, 'data', 'result')
  if (type === 'scalar') return numberIn(at(result, '1'))
  const samples = entries(result)
  if (type !== 'vector') return 'the answer is not a number'
  if (samples.length === 0) return 'there is no data for it'
  if (samples.length > 1) return `the answer has ${samples.length} numbers, not one`
  return numberIn(at(samples[0], 'value', '1'))
}

function numberIn(text: unknown): number | string {
  const value = typeof text === 'string' ? Number(text.replace('Inf', 'Infinity')) : NaN
  return Number.isNaN(value) ? 'the answer is not a number' : value
}

function closed({ endpoint, place, gate }: GateQuestion, why: string): SlipwayError {
  return failure('guard', `the gate of ${endpoint}'s canary is closed: ${why}`, {
    endpoint,
    ...(place === undefined ? {} : { place }),
    cause: `It asks ${gate.prometheus.query}.`,
    remedy: `Look at the candidate, give it up with "slipway canary abort ${endpoint}", or skip the gate with --no-gate.`,
  })
}
