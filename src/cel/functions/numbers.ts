import type { Functions } from './functions.ts'
import { UnsignedInt } from '@marcbachmann/cel-js/evaluator'
import { celFailure } from '../failure.ts'

const MAX = 2n ** 63n

/** Conversion to an integer as cel-go does it: the library takes "" for 0, and 0b1 for 1. */
export const numberFunctions: Functions = {
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
  if (!/^[+-]?\d{1,19}$/.test(text)) throw celFailure(`"${text}" is no integer`)
  return ranged(BigInt(text.replace(/^\+/, '')))
}

function ranged(value: bigint): bigint {
  if (value >= MAX || value < -MAX) throw celFailure('integer overflow')
  return value
}
