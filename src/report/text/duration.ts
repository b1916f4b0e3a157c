const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const

/** `0.4s`, `12s`, `1m 20s`, `2h 5m`, `3d 4h`: the two largest units that are not zero. */
export function formatSeconds(seconds: number): string {
  if (seconds > 0 && seconds < 10 && !Number.isInteger(seconds)) {
    const tenths = Math.round(seconds * 10) / 10
    return `${tenths}s`
  }
  let rest = Math.max(0, Math.round(seconds))
  const parts: string[] = []
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) parts.push(`${count}${unit}`)
    else if (parts.length > 0) break
  }
  return parts.slice(0, 2).join(' ') || '0s'
}

/** The time from an ISO timestamp to now (milliseconds), in its largest unit: `5m`, `3d`; `-` when it is no time. */
export function formatAge(since: string | undefined, now: number): string {
  const start = Date.parse(since ?? '')
  if (Number.isNaN(start)) return '-'
  return formatSeconds(Math.max(0, Math.round((now - start) / 1000))).split(' ')[0] ?? '-'
}
