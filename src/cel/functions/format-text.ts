import { chargeText } from '../budget.ts'
import { celFailure } from '../failure.ts'

/** The verbs of string.format (cel-go, ext/formatting.go). */
export function formatted(template: string, values: readonly unknown[]): string {
  const rest = [...values]
  const text = template.replaceAll(/%(?:\.(\d+))?(.)?/gsu, (_, digits?: string, verb?: string) => {
    if (verb === '%') return '%'
    if (rest.length === 0) throw celFailure(`format(): too few values for "${template}"`)
    const piece = pieceOf(verb ?? '', rest.shift(), Number(digits ?? 6))
    chargeText(piece)
    return piece
  })
  return text
}

function pieceOf(verb: string, value: unknown, precision: number): string {
  if (verb === 's') return textOf(value)
  if (verb === 'd' && typeof value === 'bigint') return `${value}`
  const number = typeof value === 'bigint' ? Number(value) : value
  if (verb === 'f' && typeof number === 'number') return number.toFixed(Math.min(precision, 100))
  if (verb === 'b' && (typeof value === 'bigint' || typeof value === 'boolean'))
    return BigInt(value).toString(2)
  if (verb === 'o' && typeof value === 'bigint') return value.toString(8)
  if (verb === 'x' || verb === 'X') {
    const hex = hexOf(value)
    if (hex !== undefined) return verb === 'X' ? hex.toUpperCase() : hex
  }
  if ('sdfboxX'.includes(verb) && verb !== '')
    throw celFailure(`format(): %${verb} does not take such a value`)
  throw celFailure(`format(): %${verb} is not supported`)
}

function hexOf(value: unknown): string | undefined {
  if (typeof value === 'bigint') return value.toString(16)
  return typeof value === 'string' ? Buffer.from(value).toString('hex') : undefined
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean' || typeof value === 'bigint' || value === null) return `${value}`
  if (typeof value === 'number') return numberText(value)
  if (Array.isArray(value)) return `[${value.map(textOf).join(', ')}]`
  if (value instanceof Map) return mapText(value)
  throw celFailure('format(): %s does not take such a value')
}

function numberText(value: number): string {
  if (Number.isFinite(value)) return `${value}`
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
}

function mapText(map: ReadonlyMap<unknown, unknown>): string {
  const entries = [...map].map(([key, value]) => `${textOf(key)}: ${textOf(value)}`)
  return `{${entries.toSorted().join(', ')}}`
}

const ESCAPES: Record<string, string> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
}

export function quoted(text: string): string {
  chargeText(text)
  return `"${Array.from(text, point => ESCAPES[point] ?? point).join('')}"`
}
