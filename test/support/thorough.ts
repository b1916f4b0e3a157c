/**
 * How much is tried of what is many of a kind, such as random specs or requests to be killed at: `npm run test:all` tries
 * everything, `npm test` the same part each time, so that it stays short.
 */
const THOROUGH = 'SLIPWAY_TEST_THOROUGH'

export const isThorough = process.env[THOROUGH] === 'true'

export const thoroughly = { [THOROUGH]: 'true' }

/** Of every so many, one is tried. */
export const EACH = isThorough ? 1 : 4

/** The same where each takes a second or more. */
export const EACH_LONG = isThorough ? 1 : 8

/** How many of so many random inputs are tried. */
export function runs(all: number): number {
  return Math.ceil(all / EACH)
}

/** Of all, every so many, and the first of each kind. */
export function some<T>(all: readonly T[], kindOf: (one: T) => string = () => ''): T[] {
  const kinds = new Set<string>()
  return all.filter((one, index) => {
    const kind = kindOf(one)
    const isFirst = !kinds.has(kind)
    kinds.add(kind)
    return isFirst || index % EACH === 0
  })
}
