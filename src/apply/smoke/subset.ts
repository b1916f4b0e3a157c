import { isMap, type JsonMap } from '../../object/index.ts'

/**
 * Why `expected` is no part of `actual`: the first difference, with its path; undefined when it is. Objects may have
 * more members; of a list each expected entry must be found, in this order, others in between.
 */
export function missingPart(expected: unknown, actual: unknown, path = ''): string | undefined {
  if (Array.isArray(expected)) return missingEntry(expected, actual, path)
  if (isMap(expected)) return missingMember(expected, actual, path)
  return Object.is(expected, actual) ? undefined : difference(path, actual, show(expected))
}

function missingMember(expected: JsonMap, actual: unknown, path: string): string | undefined {
  if (!isMap(actual)) return difference(path, actual, 'an object')
  for (const [name, value] of Object.entries(expected)) {
    const inner = path === '' ? name : `${path}.${name}`
    if (!Object.hasOwn(actual, name)) return `there is no ${inner}`
    const missing = missingPart(value, actual[name], inner)
    if (missing !== undefined) return missing
  }
  return undefined
}

function missingEntry(expected: unknown[], actual: unknown, path: string): string | undefined {
  if (!Array.isArray(actual)) return difference(path, actual, 'a list')
  let next = 0
  for (const entry of expected) {
    const found = actual.findIndex(
      (other, index) => index >= next && missingPart(entry, other) === undefined,
    )
    if (found === -1) return noEntry({ entry, actual, path, next })
    next = found + 1
  }
  return undefined
}

interface NoEntry {
  entry: unknown
  actual: unknown[]
  path: string
  next: number
}

/** With one candidate left, its own difference says more. */
function noEntry({ entry, actual, path, next }: NoEntry): string {
  if (actual.length === next + 1) return missingPart(entry, actual[next], `${path}[${next}]`) ?? ''
  return difference(path, actual, `a list with ${show(entry)}`)
}

function difference(path: string, actual: unknown, wanted: string): string {
  return `${path === '' ? 'the answer' : path} is ${show(actual)}, not ${wanted}`
}

const MOST_SHOWN = 200

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN)}…`
}
