import { celFailure } from '../failure.ts'
import type { Functions } from './functions.ts'

/** A quantity, exact: in billionths, the finest unit that Kubernetes keeps. */
export class Quantity {
  readonly nanos: bigint
  constructor(nanos: bigint) {
    this.nanos = nanos
  }
  valueOf(): bigint {
    return this.nanos
  }
}

export const quantityFunctions: Functions = {
  'quantity(string): Quantity': (text: string) => quantityOf(text),
  'isQuantity(string): bool': (text: string) => nanosOf(text) !== undefined,
  'sign(Quantity): int': ({ nanos }: Quantity) => BigInt(Number(nanos > 0n) - Number(nanos < 0n)),
  'Quantity.isGreaterThan(Quantity): bool': (a: Quantity, b: Quantity) => a.nanos > b.nanos,
  'Quantity.isLessThan(Quantity): bool': (a: Quantity, b: Quantity) => a.nanos < b.nanos,
  'Quantity.compareTo(Quantity): int': (a: Quantity, b: Quantity) =>
    BigInt(Number(a.nanos > b.nanos) - Number(a.nanos < b.nanos)),
  'Quantity.asApproximateFloat(): double': ({ nanos }: Quantity) => Number(nanos) / 1e9,
  'Quantity.isInteger(): bool': isWhole,
  'Quantity.asInteger(): int': (quantity: Quantity) => {
    if (!isWhole(quantity)) throw celFailure('cannot convert value to integer')
    return quantity.nanos / NANO
  },
  'Quantity.add(Quantity): Quantity': (a: Quantity, b: Quantity) => new Quantity(a.nanos + b.nanos),
  'Quantity.add(int): Quantity': (a: Quantity, b: bigint) => new Quantity(a.nanos + b * NANO),
  'Quantity.sub(Quantity): Quantity': (a: Quantity, b: Quantity) => new Quantity(a.nanos - b.nanos),
  'Quantity.sub(int): Quantity': (a: Quantity, b: bigint) => new Quantity(a.nanos - b * NANO),
}

const NANO = 1_000_000_000n
const MAX = 2n ** 63n

function isWhole({ nanos }: Quantity): boolean {
  return nanos % NANO === 0n && nanos / NANO < MAX && nanos / NANO >= -MAX
}

function quantityOf(text: string): Quantity {
  const nanos = nanosOf(text)
  if (nanos === undefined) throw celFailure(`"${text}" is not a quantity`)
  return new Quantity(nanos)
}

const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E']
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']

/** By apimachinery's ParseQuantity: finer than a billionth is rounded up, away from zero. */
function nanosOf(text: string): bigint | undefined {
  const [, sign = '', whole = '', part = '', exponent, suffix = ''] =
    /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3})|([a-zA-Z]*))$/.exec(text) ?? []
  if (whole + part === '' || text.length > 100) return undefined
  const unit = exponent === undefined ? unitOf(suffix) : { binary: 0, power: Number(exponent) }
  if (unit === undefined) return undefined
  const digits = BigInt(whole + part) * 1024n ** BigInt(unit.binary)
  const size = scaled(digits, unit.power + 9 - part.length)
  return sign === '-' ? -size : size
}

function unitOf(suffix: string): { binary: number; power: number } | undefined {
  const binary = BINARY.indexOf(suffix)
  if (binary > 0) return { binary, power: 0 }
  const decimal = DECIMAL.indexOf(suffix)
  return decimal < 0 ? undefined : { binary: 0, power: (decimal - 3) * 3 }
}

function scaled(digits: bigint, power: number): bigint {
  if (power >= 0) return digits * 10n ** BigInt(power)
  const divisor = 10n ** BigInt(-power)
  return (digits + divisor - 1n) / divisor
}
