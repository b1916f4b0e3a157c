import { Duration } from '@marcbachmann/cel-js/evaluator'
import { Optional } from '@marcbachmann/cel-js'
import { charge, chargeValue } from '../budget.ts'
import { celFailure } from '../failure.ts'
import { areEqual } from './equal.ts'
import type { Functions } from './functions.ts'

/** Lists of Kubernetes (isSorted, sum, min, max, indexOf, lastIndexOf) and of cel-go (slice, flatten, …); sets. */
export const listFunctions: Functions = {
  'list.isSorted(): bool': (list: readonly unknown[]) =>
    list.every((item, at) => at === 0 || compare(list[at - 1], item) <= 0),
  'list.sum(): dyn': sum,
  'list.min(): dyn': (list: readonly unknown[]) => extreme('min', list, -1),
  'list.max(): dyn': (list: readonly unknown[]) => extreme('max', list, 1),
  'list<A>.indexOf(A): int': (list: readonly unknown[], wanted: unknown) =>
    BigInt(list.findIndex(item => areEqual(item, wanted))),
  'list<A>.lastIndexOf(A): int': (list: readonly unknown[], wanted: unknown) =>
    BigInt(list.findLastIndex(item => areEqual(item, wanted))),
  'list.first(): optional<dyn>': (list: readonly unknown[]) => Optional.of(list[0]),
  'list.last(): optional<dyn>': (list: readonly unknown[]) => Optional.of(list.at(-1)),
  'list.slice(int, int): list<dyn>': slice,
  'list.flatten(): list<dyn>': (list: readonly unknown[]) => flatten(list, 1),
  'list.flatten(int): list<dyn>': (list: readonly unknown[], depth: bigint) =>
    flatten(list, Number(depth)),
  'list.distinct(): list<dyn>': distinct,
  'list.reverse(): list<dyn>': (list: readonly unknown[]) => list.toReversed(),
  'list.sort(): list<dyn>': (list: readonly unknown[]) => list.toSorted(compare),
  'Lists.range(int): list<int>': (_: unknown, end: bigint) => range(Number(end)),
  'Sets.contains(list<A>, list<A>): bool': (
    _: unknown,
    list: readonly unknown[],
    part: readonly unknown[],
  ) => part.every(item => includes(list, item)),
  'Sets.equivalent(list<A>, list<A>): bool': (
    _: unknown,
    one: readonly unknown[],
    other: readonly unknown[],
  ) => one.every(item => includes(other, item)) && other.every(item => includes(one, item)),
  'Sets.intersects(list<A>, list<A>): bool': (
    _: unknown,
    one: readonly unknown[],
    other: readonly unknown[],
  ) => one.some(item => includes(other, item)),
}

function includes(list: readonly unknown[], wanted: unknown): boolean {
  chargeValue(list)
  return list.some(item => areEqual(item, wanted))
}

function compare(one: unknown, other: unknown): number {
  const pair = [one, other].map(comparable)
  const [a, b] = pair
  if (a === undefined || b === undefined || isText(a) !== isText(b))
    throw celFailure('such values cannot be compared')
  return a < b ? -1 : a > b ? 1 : 0
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function comparable(value: unknown): string | number | bigint | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value
  if (typeof value === 'boolean') return Number(value)
  return value instanceof Duration || value instanceof Date ? value.valueOf() : undefined
}

/** Zero for an empty list, as for a list of integers in the API server. */
function sum(list: readonly unknown[]): unknown {
  if (list.every(item => typeof item === 'bigint')) return list.reduce((a, b) => a + b, 0n)
  if (list.every(item => typeof item === 'number')) return list.reduce((a, b) => a + b, 0)
  throw celFailure('sum() takes a list of integers or of doubles')
}

function extreme(name: string, list: readonly unknown[], sign: 1 | -1): unknown {
  const [first, ...others] = list
  if (list.length === 0) throw celFailure(`${name} called on empty list`)
  return others.reduce((best, item) => (compare(item, best) === sign ? item : best), first)
}

function slice(list: readonly unknown[], from: bigint, to: bigint): unknown[] {
  if (from < 0n || to < 0n || from > to || to > BigInt(list.length))
    throw celFailure(`cannot slice(${from}, ${to}), a list of ${list.length}`)
  return list.slice(Number(from), Number(to))
}

function flatten(list: readonly unknown[], depth: number): unknown[] {
  if (depth < 0) throw celFailure('level must be non-negative')
  chargeValue(list)
  return list.flat(Math.min(depth, 100))
}

function distinct(list: readonly unknown[]): unknown[] {
  const found: unknown[] = []
  for (const item of list) if (!includes(found, item)) found.push(item)
  return found
}

function range(end: number): bigint[] {
  charge(Math.max(end, 0))
  return Array.from({ length: Math.max(end, 0) }, (_, index) => BigInt(index))
}
