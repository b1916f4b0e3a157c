import type { Results } from './results.ts'

export interface Scale {
  /** Where a value is, to a tenth of a pixel. */
  at: (value: number) => number
  /** Powers of ten, and thrice as much, within the values. */
  ticks: number[]
}

/** From the smallest value to the largest. */
export function logScale(values: readonly number[], [from, to]: [number, number]): Scale {
  const low = Math.log10(Math.min(...values))
  const high = Math.log10(Math.max(...values))
  const span = high - low || 1
  const at = (value: number) =>
    Math.round((from + ((Math.log10(value) - low) / span) * (to - from)) * 10) / 10
  const ticks = STEPS.filter(step => Math.log10(step) >= low && Math.log10(step) <= high)
  return { at, ticks }
}

const STEPS = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000]

export function sizesOf({ cells }: Results): number[] {
  return [...new Set(cells.map(({ endpoints }) => endpoints))].toSorted((a, b) => a - b)
}
