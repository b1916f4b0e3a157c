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

/** What the time for an endpoint to become ready is made of. */
export interface WaitParts {
  aroundSeconds: number
  loadSeconds: number
  graceSeconds: number
}

/** `5m 30s to schedule its pods and pull images, 1m of loadTime, 30s of grace for the pods before` */
export function waitParts({ aroundSeconds, loadSeconds, graceSeconds }: WaitParts): string {
  return [
    `${formatSeconds(aroundSeconds)} to schedule its pods and pull images`,
    `${formatSeconds(loadSeconds)} of loadTime`,
    `${formatSeconds(graceSeconds)} of grace for the pods before`,
  ].join(', ')
}

/** In the largest unit alone: `45s`, `5m`, `3d`. */
export function roughSeconds(seconds: number): string {
  return formatSeconds(Math.max(0, Math.round(seconds))).split(' ')[0] ?? '0s'
}

/** The time from an ISO timestamp to now (milliseconds), in its largest unit: `5m`, `3d`; `-` when it is no time. */
export function formatAge(since: string | undefined, now: number): string {
  const start = Date.parse(since ?? '')
  return Number.isNaN(start) ? '-' : roughSeconds((now - start) / 1000)
}

const SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600 }

/** Seconds of a duration with units, such as `90s`, `1.5m` or `1h30m`; undefined when it is none. */
export function parseSeconds(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?[smh])+$/.test(text)) return undefined
  const parts = [...text.matchAll(/([\d.]+)([smh])/g)]
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (SECONDS[unit ?? ''] ?? 0), 0)
}
