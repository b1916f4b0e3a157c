import { failure } from '../problem/index.ts'

const SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600 }

/** Seconds of a duration such as `90s`, `10m` or `1h30m`, given with a flag. */
export function durationFlag(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^(\d+(\.\d+)?[smh])+$/.test(text)) {
    throw failure(
      'usage',
      `${flag} cannot be "${text}": it is a duration with units, such as 90s, 10m or 1h30m`,
    )
  }
  let seconds = 0
  for (const [, count, unit] of text.matchAll(/([\d.]+)([smh])/g)) {
    seconds += Number(count) * (SECONDS[unit ?? ''] ?? 0)
  }
  return seconds
}
