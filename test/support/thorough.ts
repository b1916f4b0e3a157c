/**
 * How much is tried of what is many of a kind, such as random specs or requests to be killed at: `npm run test:all` tries
 * everything, `npm test` the same part each time, so that it stays short.
 */
const THOROUGH = 'SLIPWAY_TEST_THOROUGH'

export const isThorough = process.env[THOROUGH] === 'true'

export const thoroughly = { [THOROUGH]: 'true' }

/** Of every so many, one is tried. */
export const EACH = isThorough ? 1 : 4

/** How many of so many random inputs are tried. */
export function runs(all: number): number {
  return Math.ceil(all / EACH)
}
