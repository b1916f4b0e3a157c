import { charge, chargeText } from '../budget.ts'
import { celFailure } from '../failure.ts'
import { formatted, quoted } from './format-text.ts'
import type { Functions } from './functions.ts'

/** The extension for strings, version 2 (cel-go, ext/strings.go): positions count code points. */
export const stringFunctions: Functions = {
  'string.charAt(int): string': (text: string, at: bigint) => charAt(text, Number(at)),
  'string.indexOf(string): int': (text: string, part: string) => indexOf(text, part, 0),
  'string.indexOf(string, int): int': (text: string, part: string, from: bigint) =>
    indexOf(text, part, Number(from)),
  'string.lastIndexOf(string): int': (text: string, part: string) =>
    lastIndexOf(text, part, undefined),
  'string.lastIndexOf(string, int): int': (text: string, part: string, from: bigint) =>
    lastIndexOf(text, part, Number(from)),
  'string.substring(int): string': (text: string, from: bigint) => substring(text, Number(from)),
  'string.substring(int, int): string': (text: string, from: bigint, to: bigint) =>
    substring(text, Number(from), Number(to)),
  'string.lowerAscii(): string': (text: string) =>
    text.replaceAll(/[A-Z]+/g, found => found.toLowerCase()),
  'string.upperAscii(): string': (text: string) =>
    text.replaceAll(/[a-z]+/g, found => found.toUpperCase()),
  'string.replace(string, string): string': (text: string, old: string, next: string) =>
    replace(text, { old, next, limit: -1 }),
  'string.replace(string, string, int): string': (
    text: string,
    old: string,
    next: string,
    limit: bigint,
  ) => replace(text, { old, next, limit: Number(limit) }),
  'string.split(string): list<string>': (text: string, separator: string) =>
    split(text, separator, -1),
  'string.split(string, int): list<string>': (text: string, separator: string, limit: bigint) =>
    split(text, separator, Number(limit)),
  'list<string>.join(): string': (list: readonly string[]) => join(list, ''),
  'list<string>.join(string): string': (list: readonly string[], separator: string) =>
    join(list, separator),
  'string.format(list): string': formatted,
  'Strings.quote(string): string': (_: unknown, text: string) => quoted(text),
}

function pointsOf(text: string): string[] {
  chargeText(text)
  return Array.from(text)
}

function charAt(text: string, at: number): string {
  const points = pointsOf(text)
  if (at < 0 || at > points.length) throw celFailure(`index out of range: ${at}`)
  return points[at] ?? ''
}

function indexOf(text: string, part: string, from: number): bigint {
  const points = pointsOf(text)
  if (from < 0) throw celFailure(`index out of range: ${from}`)
  if (part === '') return BigInt(Math.min(from, points.length))
  if (from >= points.length) return -1n
  const start = points.slice(0, from).join('').length
  return pointAt(text, text.indexOf(part, start))
}

function lastIndexOf(text: string, part: string, from: number | undefined): bigint {
  const points = pointsOf(text)
  if (from !== undefined && from < 0) throw celFailure(`index out of range: ${from}`)
  const last = Math.min(from ?? points.length, points.length)
  if (part === '') return BigInt(last)
  if (from !== undefined && from >= points.length) return -1n
  return pointAt(text, text.lastIndexOf(part, points.slice(0, last).join('').length))
}

function pointAt(text: string, index: number): bigint {
  return index < 0 ? -1n : BigInt(pointsOf(text.slice(0, index)).length)
}

function substring(text: string, from: number, to?: number): string {
  const points = pointsOf(text)
  const end = to ?? points.length
  if (from < 0 || from > points.length) throw celFailure(`index out of range: ${from}`)
  if (end < 0 || end > points.length) throw celFailure(`index out of range: ${end}`)
  if (from > end) throw celFailure(`invalid substring range. start: ${from}, end: ${end}`)
  return points.slice(from, end).join('')
}

interface Replacement {
  old: string
  next: string
  limit: number
}

/** As Go's strings.Replace: an empty `old` matches before each character and at the end. */
function replace(text: string, { old, next, limit }: Replacement): string {
  chargeText(text)
  const parts = old === '' ? ['', ...Array.from(text), ''] : text.split(old)
  const count = limit < 0 ? parts.length - 1 : Math.min(limit, parts.length - 1)
  chargeText(text.length + count * next.length)
  const [first = '', ...others] = parts
  return others.reduce((done, part, index) => done + (index < count ? next : old) + part, first)
}

function split(text: string, separator: string, limit: number): string[] {
  chargeText(text)
  charge(text.length)
  if (limit === 0) return []
  const parts = separator === '' ? Array.from(text) : text.split(separator)
  if (limit < 0 || parts.length <= limit) return parts
  return [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(separator)]
}

function join(list: readonly string[], separator: string): string {
  if (list.some(item => typeof item !== 'string'))
    throw celFailure('join() takes a list of strings')
  chargeText(list.length * separator.length, ...list)
  return list.join(separator)
}
