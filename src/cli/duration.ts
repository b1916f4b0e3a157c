import { failure } from '../problem/index.ts'
import { parseSeconds } from '../words/index.ts'

/** Seconds of a duration such as `90s`, `10m` or `1h30m`, given with a flag. */
export function durationFlag(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const seconds = parseSeconds(text)
  if (seconds !== undefined) return seconds
  throw failure(
    'usage',
    `${flag} cannot be "${text}": give a duration with a unit, such as 90s, 10m or 1h30m`,
  )
}
