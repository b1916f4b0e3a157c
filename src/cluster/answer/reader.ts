import { isMap, type JsonMap } from '../../object/index.ts'

/** Takes an answer apart, and proves on the way that it is what was asked for; throws Unexpected where it is not. */
export type Reader<T> = (answer: unknown) => T

/** An answer with success that is none. Its message says what came instead, as a noun: `text that is not JSON`. */
export class Unexpected extends Error {
  constructor(what: string, options?: ErrorOptions) {
    super(what, options)
    this.name = 'Unexpected'
  }
}

/** A JSON object. */
export function fieldsOf(value: unknown, what = 'JSON'): JsonMap {
  if (isMap(value)) return value
  throw new Unexpected(`${what} that is not an object`)
}

/** Says which kind an answer has, for a message: whoever sent it may have written anything. */
export function kindSaid({ kind }: JsonMap): string {
  if (kind === undefined) return 'JSON without a kind'
  const isName = typeof kind === 'string' && /^[A-Za-z]{1,63}$/.test(kind)
  return isName ? `an object of kind ${kind}` : 'an object of no known kind'
}
