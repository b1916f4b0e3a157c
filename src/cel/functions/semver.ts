import { celFailure } from '../failure.ts'
import type { Functions } from './functions.ts'

/** A version by semver.org; the part after `+` counts for nothing. */
export class Semver {
  readonly numbers: readonly bigint[]
  readonly before: readonly string[]
  constructor(numbers: readonly bigint[], before: readonly string[]) {
    this.numbers = numbers
    this.before = before
  }
  valueOf(): string {
    return [this.numbers.join('.'), ...this.before].join('-')
  }
}

export const semverFunctions: Functions = {
  'semver(string): Semver': (text: string) => semverOf(text, false),
  'semver(string, bool): Semver': semverOf,
  'isSemver(string): bool': (text: string) => parse(text) !== undefined,
  'isSemver(string, bool): bool': (text: string, isLoose: boolean) =>
    parse(isLoose ? normalized(text) : text) !== undefined,
  'Semver.major(): int': ({ numbers }: Semver) => numbers[0],
  'Semver.minor(): int': ({ numbers }: Semver) => numbers[1],
  'Semver.patch(): int': ({ numbers }: Semver) => numbers[2],
  'Semver.isGreaterThan(Semver): bool': (a: Semver, b: Semver) => compare(a, b) > 0,
  'Semver.isLessThan(Semver): bool': (a: Semver, b: Semver) => compare(a, b) < 0,
  'Semver.compareTo(Semver): int': (a: Semver, b: Semver) => BigInt(compare(a, b)),
}

const NUMBER = String.raw`(0|[1-9]\d{0,17})`
const PART = String.raw`(?:0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*)`
const VERSION = new RegExp(
  String.raw`^${NUMBER}\.${NUMBER}\.${NUMBER}(?:-(${PART}(?:\.${PART})*))?(?:\+[\da-zA-Z-]+(?:\.[\da-zA-Z-]+)*)?$`,
)

function semverOf(text: string, isLoose: boolean): Semver {
  const version = parse(isLoose ? normalized(text) : text)
  if (version === undefined) throw celFailure(`"${text}" is not a semantic version`)
  return version
}

function parse(text: string): Semver | undefined {
  const [match, major = '', minor = '', patch = '', before] =
    text.length > 256 ? [] : (VERSION.exec(text) ?? [])
  if (match === undefined) return undefined
  return new Semver([major, minor, patch].map(BigInt), before?.split('.') ?? [])
}

/** `v1` is 1.0.0, and 01.2 is 1.2.0. */
function normalized(text: string): string {
  const [major = '', minor = '0', ...rest] = text.replace(/^v/, '').split('.')
  const patch = rest.length === 0 ? '0' : rest.join('.')
  return [major, minor, patch].map(part => part.replace(/^0+(?=\d)/, '')).join('.')
}

function compare(a: Semver, b: Semver): -1 | 0 | 1 {
  const numbers = a.numbers.map((number, at) => order(number, b.numbers[at] ?? 0n))
  const first = numbers.find(result => result !== 0)
  if (first !== undefined) return first
  if (a.before.length === 0 || b.before.length === 0)
    return order(b.before.length, a.before.length) === 0 ? 0 : a.before.length === 0 ? 1 : -1
  const parts = a.before.map((part, at) => orderOfParts(part, b.before[at]))
  return parts.find(result => result !== 0) ?? order(a.before.length, b.before.length)
}

/** Numbers by value and before all else, the rest by its letters; what is missing is less. */
function orderOfParts(a: string, b: string | undefined): -1 | 0 | 1 {
  if (b === undefined) return 1
  const [isNumber, other] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (isNumber && other) return order(BigInt(a), BigInt(b))
  return isNumber === other ? order(a, b) : isNumber ? -1 : 1
}

function order<Value extends bigint | number | string>(a: Value, b: Value): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0
}
