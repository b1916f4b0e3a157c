import { Duration, UnsignedInt } from '@marcbachmann/cel-js/evaluator'
import type { Functions } from './functions.ts'
import { celFailure } from '../failure.ts'

const MAX = 2n ** 63n

/** Conversions as cel-go does them: to the library "" is 0, 0b1 is 1, and a million is written out. */
export const conversionFunctions: Functions = {
  'string(string): string': (text: string) => text,
  'string(bool): string': String,
  'string(int): string': String,
  'string(uint): string': String,
  'string(double): string': doubleText,
  'string(bytes): string': (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8'),
  'string(google.protobuf.Duration): string': durationText,
  'string(google.protobuf.Timestamp): string': timestampText,
  'int(int): int': (value: bigint) => value,
  'int(uint): int': (value: UnsignedInt) => ranged(value.valueOf()),
  'int(double): int': (value: number) => {
    if (!Number.isFinite(value)) throw celFailure('integer overflow')
    return ranged(BigInt(Math.trunc(value)))
  },
  'int(string): int': integerOf,
  'int(google.protobuf.Timestamp): int': (time: Date) => BigInt(Math.floor(time.getTime() / 1000)),
}

export function integerOf(text: string): bigint {
  if (!/^[+-]?\d{1,19}$/.test(text)) throw celFailure(`"${text}" is not an integer`)
  return ranged(BigInt(text.replace(/^\+/, '')))
}

function ranged(value: bigint): bigint {
  if (value >= MAX || value < -MAX) throw celFailure('integer overflow')
  return value
}

/** As Go's FormatFloat writes the shortest form: with an exponent from a million on, and below a ten-thousandth. */
function doubleText(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  const [digits = '', exponent = 0] = value.toExponential().split('e')
  const power = Number(exponent)
  if (power >= -4 && power < 6) return Object.is(value, -0) ? '-0' : String(value)
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

function durationText(duration: Duration): string {
  return duration.toString()
}

function timestampText(time: Date): string {
  return time.toISOString().replace(/\.?0+Z$/, 'Z')
}
