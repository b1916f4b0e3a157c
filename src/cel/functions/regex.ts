import { RE2JS } from 're2js'
import { charge } from '../budget.ts'
import { celFailure } from '../failure.ts'
import type { Functions } from './functions.ts'

/** Regular expressions of RE2, as in the API server: in time that grows with text and pattern, whatever they are. */
export const regexFunctions: Functions = {
  'string.matches(string): bool': (text: string, pattern: string) =>
    compiled(text, pattern).test(text),
  'string.find(string): string': (text: string, pattern: string) =>
    findAll(text, pattern, 1)[0] ?? '',
  'string.findAll(string): list<string>': (text: string, pattern: string) =>
    findAll(text, pattern, -1),
  'string.findAll(string, int): list<string>': (text: string, pattern: string, limit: bigint) =>
    findAll(text, pattern, Number(limit)),
}

const cache = new Map<string, RE2JS>()
const CACHED = 100

function compiled(text: string, pattern: string): RE2JS {
  charge(Math.ceil(((text.length + 10) * (pattern.length + 10)) / 100))
  const known = cache.get(pattern)
  if (known !== undefined) return known
  if (cache.size >= CACHED) cache.clear()
  const regex = compile(pattern)
  cache.set(pattern, regex)
  return regex
}

/** Throws what is wrong with it. */
export function checkPattern(pattern: string): void {
  compile(pattern)
}

function compile(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern)
  } catch (error) {
    throw celFailure(`illegal regular expression "${pattern}": ${reasonOf(error)}`)
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace('error parsing regexp: ', '') : 'unknown'
}

/** As Go's FindAllString: nothing for 0, all for less. */
function findAll(text: string, pattern: string, limit: number): string[] {
  const matcher = compiled(text, pattern).matcher(text)
  const found: string[] = []
  while (found.length !== limit && matcher.find()) {
    charge(1)
    found.push(matcher.group() ?? '')
  }
  return found
}
